/** Pictures, and models trained a little, of which the tests of the exercises make answers. */
import * as tf from '@tensorflow/tfjs';
import mnist, { type Images } from 'mnist-data-loader';
import { fit } from '../../../lib/digits/index';
import type { FitOptions } from '../../../lib/digits/training/fit';
import { compiledModel } from '../../support';

/** Makes something when it is first asked for. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

type Data = [x: tf.Tensor, y: tf.Tensor];
type DenseOptions = Parameters<typeof tf.layers.dense>[0];

export const tensorOf = ({ data, shape }: Images) => tf.tensor3d(data, shape, 'float32');

/** Pictures and labels to train on, as the notebook has them, or of the test set. */
export async function samples(
  count: number,
  start = 0,
  of: 'train' | 'test' = 'train',
): Promise<Data> {
  const [train, test] = await mnist.loadData();
  const [images, labels] = of === 'test' ? test : train;
  const x = tensorOf(images.slice(start, count)).div(255);
  return [x, tf.tensor1d(labels.slice(start, count).data, 'int32')];
}

export const relu = (units: number): DenseOptions => ({ units, activation: 'relu' });
export const softmax = (units: number): DenseOptions => ({ units, activation: 'softmax' });

/** A stack of Dense layers on pictures of 28 × 28. */
export function stack(...layers: DenseOptions[]): tf.Sequential {
  const model = tf.sequential();
  model.add(tf.layers.flatten({ inputShape: [28, 28] }));
  for (const layer of layers) model.add(tf.layers.dense(layer));
  return model;
}

/** Makes a model that learns something within a few steps. */
export function quick(units = 32): tf.Sequential {
  const made = stack(relu(units), softmax(10));
  made.compile({ optimizer: tf.train.adam(0.02), loss: 'sparseCategoricalCrossentropy' });
  return made;
}

/** What fit returns of a new model and some samples. */
export async function trained({
  data = samples(300),
  model = compiledModel(),
  ...options
}: FitOptions & { data?: Promise<Data>; model?: tf.LayersModel } = {}) {
  const [x, y] = await data;
  return fit(model, x, y, {
    ...{ epochs: 30, validationSplit: 0.2, verbose: 0, write: () => {}, ...options },
  });
}

/** A model that was trained well enough for the exercises which start from one. */
export const network = once(async () => {
  const model = compiledModel();
  const epochs = { epochs: 2, validationSplit: 0, batchSize: 64 };
  await trained({ model, data: samples(12_000), ...epochs });
  return model;
});

/** A training that the solution of 8.3 describes. */
export const overfitted = once(() => trained({ data: samples(500), epochs: 150 }));
