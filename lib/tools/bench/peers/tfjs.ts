/**
 * TensorFlow.js as a peer: this project's `fit`, or the stock `model.fit`, on the native engine or
 * on WebAssembly. Usage: tfjs.ts PROBLEM own|stock native|gpu|wasm
 */
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { parseDeviceKind } from 'digits/device/plan';
import { useDevice } from 'digits/device/use';
import { fit } from 'digits/fit';
import { alignedBytes } from 'mnist-data-loader/aligned';
import { divide } from 'tfjs-graph';
import type { Problem } from '../worker';
import { engineVersions, requireEngine, startEngine } from './engine';
import { askedFor, done, end, nextEpoch, ready } from './peer';

const problem = askedFor<Problem>();
const [, , , whose, engine] = process.argv;

function samples(): [tf.Tensor, tf.Tensor1D] {
  const count = problem.samples;
  // Aligned as the loader's are.
  const pixels = alignedBytes(count * 784, 0);
  pixels.set(readFileSync(problem.images).subarray(0, pixels.length));
  const labels = Int32Array.from(readFileSync(problem.labels).subarray(0, count));
  const shape: [number, number, number] = [count, 28, 28];
  const x =
    whose === 'own'
      ? divide({ data: pixels, shape }, 255)
      : tf.tidy(() => tf.tensor3d(pixels, shape, 'float32').div(255));
  return [x, tf.tensor1d(labels, 'int32')];
}

function compiled(): tf.Sequential {
  const model = tf.sequential();
  model.add(tf.layers.flatten({ inputShape: [28, 28] }));
  model.add(tf.layers.dense({ units: problem.units, activation: 'relu' }));
  model.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
  model.compile({
    optimizer: 'adam',
    loss: 'sparseCategoricalCrossentropy',
    metrics: [tf.metrics.sparseCategoricalAccuracy],
  });
  return model;
}

async function main(): Promise<void> {
  if (whose === 'own') {
    // The lesson's kernel does so.
    require('kernel/optimize-later');
    await useDevice(engine === 'native' ? 'cpu' : parseDeviceKind(engine));
  } else await startEngine(engine);
  requireEngine(engine);
  const [x, y] = samples();
  const model = compiled();
  ready(engineVersions());

  const callbacks: tf.CustomCallbackArgs = {
    async onEpochEnd(_epoch, logs = {}) {
      done({
        loss: logs.loss,
        accuracy: logs.sparseCategoricalAccuracy,
        val_loss: logs.val_loss,
        val_accuracy: logs.val_sparseCategoricalAccuracy,
      });
      if (!(await nextEpoch())) end();
    },
  };
  const options = { batchSize: problem.batch, epochs: 1e6, validationSplit: 0.2, callbacks };
  if (!(await nextEpoch())) end();
  if (whose === 'own') {
    // The lesson's progress line is drawn, but shown to nobody.
    await fit(model, x, y, { ...options, write: () => {} });
  } else {
    await model.fit(x, y.toFloat(), { ...options, verbose: 0 });
  }
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
