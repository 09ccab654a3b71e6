/** Who trains each model: a column of the table. */
import { nodePeer, OFF_CARD, type Offer, pythonPeer, type Row } from '../rows';
import type { Command } from '../worker';
import type { DataFiles } from './read-data';

/** What a peer is told to train. */
export interface ModelProblem {
  /** The model's name. */
  readonly name: string;
  /** Where the files of the samples and of their targets are. */
  readonly folder: string;
  readonly files: DataFiles;
  /** Samples a step. */
  readonly batch: number;
}

export function modelRows({ python, native }: Pick<Offer, 'python' | 'native'>): Row[] {
  const py = pythonPeer(python);
  const row = (name: string, title: string, command: Command | undefined): Row => ({
    ...{ name, title, command, trains: true },
    python: command?.program === python,
  });
  const tfjs = (whose: 'own' | 'stock', engine: 'native' | 'wasm') =>
    native || engine === 'wasm' ? nodePeer('model.ts', OFF_CARD, [whose, engine]) : undefined;
  const keras = (backend: string) => py('model_keras.py', { KERAS_BACKEND: backend });
  return [
    row('native', 'tfjs-graph · native', tfjs('own', 'native')),
    row('stock-native', 'TensorFlow.js · native', tfjs('stock', 'native')),
    row('wasm', 'tfjs-graph · WebAssembly', tfjs('own', 'wasm')),
    row('stock-wasm', 'TensorFlow.js · WebAssembly', tfjs('stock', 'wasm')),
    row('keras-tf', 'Keras · TensorFlow', keras('tensorflow')),
    row('keras-jax', 'Keras · JAX', keras('jax')),
    row('torch', 'PyTorch · eager', py('model_torch.py')),
  ];
}
