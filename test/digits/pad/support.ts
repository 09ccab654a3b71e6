/** A network that reads MNIST, and MNIST's pictures, for the pad's tests. */
import * as tf from '@tensorflow/tfjs';
import { loadData } from 'mnist-data-loader';
import { useDevice } from '../../../lib/digits/device/use';
import '../../../lib/digits/training/methods';
import { beginChance } from '../../seed';
import { compiledModel, printed } from '../../support';

const quiet = { progress: false } as const;

/** The lesson's model after two passes over 30 000 pictures of MNIST, the same each time. */
export async function trainedModel(): Promise<tf.Sequential> {
  await printed(() => useDevice('cpu'));
  const [[images, labels]] = await loadData(quiet);
  const count = 30_000;
  const x = tf.tidy(() => {
    const { data } = images.slice(0, count);
    return tf.tensor3d(data, [count, 28, 28], 'float32').div(255);
  });
  const y = tf.tensor1d(labels.slice(0, count).data, 'int32');
  beginChance('the network of the pad');
  const model = compiledModel();
  await model.fit(x, y, { epochs: 2, batchSize: 64, shuffle: false, verbose: 0 });
  tf.dispose([x, y]);
  return model;
}

/** The first pictures of MNIST's test set, 784 values in [0, 1] each. */
export async function testDigits(count: number): Promise<Float32Array[]> {
  const [, [images]] = await loadData(quiet);
  return Array.from({ length: count }, (_, i) =>
    Float32Array.from(images.slice(i, 1).data, value => value / 255),
  );
}
