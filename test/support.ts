/** Small models and data for the tests. */
import * as tf from '@tensorflow/tfjs';
import { divide } from '../lib/tfjs-graph/bytes/divide';

/** The lesson's model, compiled as in the lesson. */
export function compiledModel(): tf.Sequential {
  const model = tf.sequential();
  model.add(tf.layers.flatten({ inputShape: [28, 28] }));
  model.add(tf.layers.dense({ units: 128, activation: 'relu' }));
  model.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
  model.compile({
    optimizer: 'adam',
    loss: 'sparseCategoricalCrossentropy',
    metrics: [tf.metrics.sparseCategoricalAccuracy],
  });
  return model;
}

/** Pictures that a network can learn: the label's row is white. Shapes [n, 28, 28] and [n]. */
export function digitsOf(n: number): [tf.Tensor3D, tf.Tensor1D] {
  const labels = Int32Array.from({ length: n }, (_, i) => i % 10);
  const x = tf.buffer([n, 28, 28]);
  labels.forEach((label, i) => {
    for (let column = 0; column < 28; column++) x.set(1, i, 2 * label, column);
  });
  return [x.toTensor() as tf.Tensor3D, tf.tensor1d(labels, 'int32')];
}

/** Pictures as bytes, with a share of 1 / `sparsity` of the pixels not 0. */
export function bytePictures<S extends readonly number[]>(sparsity: number, shape: S) {
  const length = shape.reduce((product, size) => product * size, 1);
  const data = Uint8Array.from({ length }, (_, i) =>
    (i * 7919) % sparsity === 0 ? 1 + ((i * 104729) % 255) : 0,
  );
  return divide({ data, shape }, 255);
}

/** A number that changes when any weight does. */
export const checksum = (model: tf.LayersModel) =>
  model
    .getWeights()
    .flatMap(weight => [...weight.dataSync()])
    .reduce((sum, value) => sum + value ** 2, 0);

/** All values of a model's weights and of the optimizer's state. */
export async function stateOf(model: tf.LayersModel): Promise<number[][]> {
  const tensors = (await model.optimizer.getWeights()).map(({ tensor }) => tensor);
  const state = [...model.getWeights(), ...tensors].map(w => Array.from(w.dataSync()));
  tensors[0]?.dispose(); // the count of the steps, made for the call
  return state;
}

/** The result of a call, and the output. */
export async function heard<T>(call: () => T | Promise<T>): Promise<[T, string]> {
  let result: T | undefined;
  const output = await printed(async () => {
    result = await call();
  });
  return [result as T, output];
}

/** Runs `work` and returns the text on the standard output. */
export async function captureOutput(work: () => unknown): Promise<string> {
  const { write } = process.stdout;
  let text = '';
  process.stdout.write = chunk => {
    text += chunk;
    return true;
  };
  try {
    await work();
  } finally {
    process.stdout.write = write;
  }
  return text;
}

/** Runs `work` and returns the output of `console.log`. */
export async function printed(work: () => unknown): Promise<string> {
  const { log } = console;
  const lines: string[] = [];
  console.log = (...values) => void lines.push(values.join(' '));
  try {
    await work();
  } finally {
    console.log = log;
  }
  return lines.join('\n');
}
