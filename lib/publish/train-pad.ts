/** Trains the network of the first pad. Run after a format change: `npx tsx lib/publish/train-pad.ts`. */
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { writeJson } from 'command/machine/files';
import { projectRoot } from 'command/machine/paths';
import { divide, useDevice } from 'digits';
import { denseLayers } from 'digits/pad/dense-layers';
import { pack, randomFrom } from 'digits/pad/plain-network';
import { mnist } from 'mnist-data-loader';

/** Epochs and learning rates: longer than in the lesson, with smaller final steps. */
const PLAN = [
  [6, 1e-3],
  [2, 2e-4],
] as const;

async function main(): Promise<void> {
  // Seeds the initial weights and the sample order: the result is deterministic on one engine.
  Math.random = randomFrom(1);
  await useDevice('wasm');
  const [train, test] = (await mnist.loadData()).map(([images, labels]) => [
    divide(images, 255),
    tf.tensor1d(labels.data, 'int32'),
  ]) as [[tf.Tensor, tf.Tensor], [tf.Tensor, tf.Tensor]];
  const model = tf.sequential();
  model.add(tf.layers.flatten({ inputShape: [28, 28] }));
  model.add(tf.layers.dense({ units: 128, activation: 'relu' }));
  model.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
  for (const [epochs, rate] of PLAN) {
    model.compile({
      optimizer: tf.train.adam(rate),
      loss: 'sparseCategoricalCrossentropy',
      metrics: [tf.metrics.sparseCategoricalAccuracy],
    });
    await model.fit(...train, { batchSize: 64, epochs, verbose: 2 });
  }
  model.evaluate(...test);
  const layers = denseLayers(model).map(layer => pack(layer, 4));
  writeJson(join(projectRoot, 'lib', 'digits', 'pad', 'trained-network.json'), { layers });
}

main();
