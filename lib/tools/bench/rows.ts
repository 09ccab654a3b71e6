/** The rows of the benchmark: each names a program that trains, and how it is started. */
import { join } from 'node:path';
import { projectRoot } from '../project/paths';
import type { Command } from './worker';

export interface Row {
  /** Its name for `--only`. */
  readonly name: string;
  /** Its name in the table, the same in every language since it is made of products' names. */
  readonly title: string;
  /** Starts it; undefined where this machine cannot run it. */
  readonly command: Command | undefined;
  /** Whether it needs the peers' environment. */
  readonly python: boolean;
  /** Whether it trains, or only multiplies matrices. */
  readonly trains: boolean;
  /** Whether it is left out, without a word, where this machine cannot run it. */
  readonly optional?: boolean;
  /** How many processes of it run in each turn; defaults to 1. */
  readonly processes?: number;
}

/** This machine, as far as the rows depend on it. */
export interface Offer {
  /** The Python of the peers. */
  readonly python: string;
  /** Whether the native engine runs here. */
  readonly native: boolean;
  /** Whether there is a C++ compiler, which `torch.compile` calls. */
  readonly compiler: boolean;
  /** The name of the NVIDIA card; undefined where there is none. */
  readonly card?: string | undefined;
}

const peers = join(projectRoot, 'lib', 'tools', 'bench', 'peers');
const tsx = require.resolve('tsx/cjs');

/** A peer's program comes before the problem, which is the first argument; `more` stands behind. */
type Start = (file: string, env?: Command['env'], more?: readonly string[]) => Command;

/** Keeps a process off the card: all rows but those of the card are measured on the processor. */
export const OFF_CARD = { CUDA_VISIBLE_DEVICES: '-1' };

/** Starts a peer in TypeScript. */
export const nodePeer: Start = (file, env = OFF_CARD, more = []) => ({
  program: process.execPath,
  args: ['--require', tsx, join(peers, file)],
  env,
  more,
});

/** Starts a peer in Python, with this interpreter. */
export const pythonPeer =
  (python: string): Start =>
  (file, env, more = []) => ({
    program: python,
    args: [join(peers, file)],
    env: { ...OFF_CARD, ...env },
    more,
  });

export function allRows({ python, native, compiler, card }: Offer): Row[] {
  const py = pythonPeer(python);
  const offered = { native, wasm: true, gpu: native && card !== undefined };
  const tfjs = (
    name: string,
    title: string,
    whose: 'own' | 'stock',
    engine: keyof typeof offered,
  ): Row => {
    const env = engine === 'gpu' ? {} : OFF_CARD;
    const command = offered[engine] ? nodePeer('tfjs.ts', env, [whose, engine]) : undefined;
    return { name, title, command, python: false, trains: true, optional: engine === 'gpu' };
  };
  const peer = (name: string, title: string, command: Command | undefined): Row => ({
    name,
    title,
    command,
    python: true,
    trains: true,
  });
  const one = { TF_NUM_INTRAOP_THREADS: '1' };
  return [
    tfjs('native', 'digits · native', 'own', 'native'),
    tfjs('stock-native', 'TensorFlow.js · native', 'stock', 'native'),
    peer('keras-tf', 'Keras · TensorFlow', py('keras_fit.py', { KERAS_BACKEND: 'tensorflow' })),
    peer(
      'keras-tf-1',
      'Keras · TensorFlow, 1 thread',
      py('keras_fit.py', { KERAS_BACKEND: 'tensorflow', ...one }),
    ),
    peer('keras-jax', 'Keras · JAX', py('keras_fit.py', { KERAS_BACKEND: 'jax' })),
    peer('torch', 'PyTorch · eager', py('torch_fit.py')),
    peer(
      'torch-compile',
      'PyTorch · torch.compile',
      compiler ? py('torch_fit.py', undefined, ['--compile']) : undefined,
    ),
    // Two, since each process of it stays in one of two modes, a faster and a slower one.
    { ...peer('jax', 'JAX · lax.scan', py('jax_scan.py')), processes: 2 },
    tfjs('wasm', 'digits · WebAssembly', 'own', 'wasm'),
    tfjs('stock-wasm', 'TensorFlow.js · WebAssembly', 'stock', 'wasm'),
    tfjs('gpu', `digits · ${card ?? 'GPU'}`, 'own', 'gpu'),
    tfjs('stock-gpu', `TensorFlow.js · ${card ?? 'GPU'}`, 'stock', 'gpu'),
    {
      name: 'floor-session',
      title: 'MatMul × 2 · TensorFlow',
      command: native ? nodePeer('floor.ts') : undefined,
      python: false,
      trains: false,
    },
    { ...peer('floor-numpy', 'MatMul × 2 · NumPy', py('floor.py')), trains: false },
  ];
}

/** Returns the rows of these names; without names, all but those that this machine need not run. */
export const chosenRows = (rows: readonly Row[], names?: readonly string[]): Row[] =>
  rows.filter(({ name, command, optional }) =>
    names ? names.includes(name) : command !== undefined || !optional,
  );
