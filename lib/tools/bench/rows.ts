/** Lists the rows of the benchmark: the programs that train, and their command lines. */
import { join } from 'node:path';
import { projectRoot } from '../project/paths';
import type { DataFiles } from './models/files';
import type { Architecture } from './models/models';
import type { Command } from './peer-process';

export interface Problem {
  readonly model: Architecture & { readonly name: string; readonly loss: string };
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
  /** Leaves it out silently if this machine cannot run it. */
  readonly optional?: boolean;
  /** The number of its processes in each turn; defaults to 1. */
  readonly processes?: number;
}

export interface Offer {
  readonly python: string;
  readonly native: boolean;
  /** The name of the NVIDIA card; undefined if there is none. */
  readonly card?: string;
}

const tsx = require.resolve('tsx/cjs');
export const peerFile = (name: string) => join(projectRoot, 'lib', 'tools', 'bench', 'peers', name);

/** Hides the GPU from a process: only the rows that name it are measured on it. */
export const OFF_CARD = { CUDA_VISIBLE_DEVICES: '-1' };

/** Lists the rows that train any model. */
export function modelRows({ python, native, card }: Offer): Row[] {
  const tfjs = (name: string, title: string, whose: string, engine: string): Row => {
    const command: Command = {
      program: process.execPath,
      args: ['--require', tsx, peerFile('tfjs.ts')],
      more: [whose, engine],
      env: engine === 'gpu' ? {} : OFF_CARD,
    };
    const runs = engine === 'wasm' || (native && (engine === 'native' || card !== undefined));
    return { name, title, command: runs ? command : undefined, optional: engine === 'gpu' };
  };
  const py = pythonRow(python);
  return [
    tfjs('native', 'ours · native', 'own', 'native'),
    tfjs('stock-native', 'TensorFlow.js · native', 'stock', 'native'),
    tfjs('wasm', 'ours · WebAssembly', 'own', 'wasm'),
    tfjs('stock-wasm', 'TensorFlow.js · WebAssembly', 'stock', 'wasm'),
    tfjs('gpu', `ours · ${card ?? 'GPU'}`, 'own', 'gpu'),
    tfjs('stock-gpu', `TensorFlow.js · ${card ?? 'GPU'}`, 'stock', 'gpu'),
    py('keras-tf', 'Keras · TensorFlow', 'keras_fit.py', { KERAS_BACKEND: 'tensorflow' }),
    py('keras-jax', 'Keras · JAX', 'keras_fit.py', { KERAS_BACKEND: 'jax' }),
    py('torch', 'PyTorch · eager', 'torch_fit.py'),
  ];
}

/** Lists the rows that train the lesson: those for any model, and three more. */
export function lessonRows(offer: Offer): Row[] {
  const py = pythonRow(offer.python);
  const one = { KERAS_BACKEND: 'tensorflow', TF_NUM_INTRAOP_THREADS: '1' };
  return [
    ...modelRows(offer),
    py('keras-tf-1', 'Keras · TensorFlow, 1 thread', 'keras_fit.py', one),
    py('torch-compile', 'PyTorch · torch.compile', 'torch_fit.py', {}, ['--compile']),
    // Two, since each process of it stays in one of two modes, a faster and a slower one.
    { ...py('jax', 'JAX · lax.scan', 'jax_scan.py'), processes: 2 },
  ];
}

const pythonRow =
  (program: string) =>
  (name: string, title: string, file: string, env = {}, more: string[] = []): Row => ({
    name,
    title,
    command: { program, args: [peerFile(file)], env: { ...OFF_CARD, ...env }, more },
  });

/** Returns the rows of these names, or else all but those that this machine need not run. */
export function chosen(rows: readonly Row[], names: readonly string[] = []): Row[] {
  const named = rows.filter(({ name }) => names.includes(name));
  if (named.length > 0) return named;
  return rows.filter(({ command, optional }) => command !== undefined || !optional);
}
