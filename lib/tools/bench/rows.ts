/** Lists the rows of the benchmark: the programs that train, and their command lines. */
import { join } from 'node:path';
import { projectRoot, pythonEnvironment } from '../project/paths';
import type { DataFiles } from './models/data';
import type { BenchModel } from './models/models';
import type { Command } from './peer-process';

export interface Problem {
  readonly model: BenchModel;
  readonly data: DataFiles;
  readonly batchSize: number;
  /** The share of the samples that validates: more than 0 for the lesson alone. */
  readonly validationSplit: number;
}

export interface Row {
  /** Its name for `--only`. */
  readonly name: string;
  readonly title: string;
  /** Starts it; undefined if this machine cannot run it. */
  readonly command: Command | undefined;
  /** The number of its processes in each turn; defaults to 1. */
  readonly processes?: number;
}

/** The peers' own environment, apart from the lesson's. */
export const benchPython = pythonEnvironment(join(projectRoot, '.venv-bench'));

export const peerFile = (name: string) => join(projectRoot, 'lib', 'tools', 'bench', 'peers', name);

/** Hides the GPU from a process: only the rows that name it are measured on it. */
export const OFF_CARD = { CUDA_VISIBLE_DEVICES: '-1' };

/**
 * Lists the rows that train any model; those on the card only if there is one.
 *
 * @param native says whether this machine runs TensorFlow's library.
 */
export function modelRows(native: boolean, card?: string): Row[] {
  const tfjs = (name: string, title: string, whose: string, engine: string): Row => {
    const args = ['--require', require.resolve('tsx/cjs'), peerFile('tfjs.ts'), whose, engine];
    const env = engine === 'gpu' ? {} : OFF_CARD;
    const runs = native || engine === 'wasm';
    return { name, title, command: runs ? { program: process.execPath, args, env } : undefined };
  };
  return [
    tfjs('native', 'ours · native', 'own', 'native'),
    tfjs('stock-native', 'TensorFlow.js · native', 'stock', 'native'),
    tfjs('wasm', 'ours · WebAssembly', 'own', 'wasm'),
    tfjs('stock-wasm', 'TensorFlow.js · WebAssembly', 'stock', 'wasm'),
    ...(card ? [tfjs('gpu', `ours · ${card}`, 'own', 'gpu')] : []),
    ...(card ? [tfjs('stock-gpu', `TensorFlow.js · ${card}`, 'stock', 'gpu')] : []),
    py('keras-tf', 'Keras · TensorFlow', 'keras_fit.py', { KERAS_BACKEND: 'tensorflow' }),
    py('keras-jax', 'Keras · JAX', 'keras_fit.py', { KERAS_BACKEND: 'jax' }),
    py('torch', 'PyTorch · eager', 'torch_fit.py'),
  ];
}

/** Lists the rows that train the lesson: those for any model, and three more. */
export function lessonRows(native: boolean, card?: string): Row[] {
  const one = { KERAS_BACKEND: 'tensorflow', TF_NUM_INTRAOP_THREADS: '1' };
  return [
    ...modelRows(native, card),
    py('keras-tf-1', 'Keras · TensorFlow, 1 thread', 'keras_fit.py', one),
    py('torch-compile', 'PyTorch · torch.compile', 'torch_fit.py', {}, '--compile'),
    // Two, since each process of it stays in one of two modes, a faster and a slower one.
    { ...py('jax', 'JAX · lax.scan', 'jax_scan.py'), processes: 2 },
  ];
}

const py = (name: string, title: string, file: string, env = {}, ...more: string[]): Row => ({
  name,
  title,
  command: {
    program: benchPython.program('python'),
    args: [peerFile(file), ...more],
    env: { ...OFF_CARD, ...env },
  },
});
