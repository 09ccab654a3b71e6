// The first cell of a notebook: trains a network that is the same each time, so that it reads what
// the tests draw.
import * as tf from '@tensorflow/tfjs';
import { fit, useDevice } from 'digits';
import mnist from 'mnist-data-loader';

await useDevice('cpu');
const [[images, labels]] = await mnist.loadData();
const x = tf.tensor3d(images.data, images.shape, 'float32').div(255);
const y = tf.tensor1d(labels.data, 'int32');
const model = tf.sequential();
model.add(tf.layers.flatten({ inputShape: [28, 28] }));
const seeded = (seed: number) => tf.initializers.glorotUniform({ seed });
model.add(tf.layers.dense({ units: 128, activation: 'relu', kernelInitializer: seeded(1) }));
model.add(tf.layers.dense({ units: 10, activation: 'softmax', kernelInitializer: seeded(2) }));
model.compile({
  optimizer: 'adam',
  loss: 'sparseCategoricalCrossentropy',
  metrics: [tf.metrics.sparseCategoricalAccuracy],
});
await fit(model, x, y, { batchSize: 64, epochs: 1, shuffle: false, verbose: 2 });
