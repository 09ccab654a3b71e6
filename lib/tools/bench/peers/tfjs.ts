/**
 * TensorFlow.js as a peer: this project's `fit`, or the stock `model.fit`, on the native engine or
 * on WebAssembly. Usage: tfjs.ts PROBLEM own|stock native|gpu|wasm
 */
import 'digits/device/shim';
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { parseDeviceKind } from 'digits/device/plan';
import { useDevice } from 'digits/device/use';
import { fit } from 'digits/fit';
import { alignedBytes } from 'mnist-data-loader/aligned';
import { divide } from 'tfjs-graph';
import { done, end, nextEpoch, problem, ready } from './peer';

const [, , , whose, engine] = process.argv;

/** Starts TensorFlow.js as any program would: nothing set, no choice of threads. */
async function startStock(): Promise<void> {
  process.env.TF_CPP_MIN_LOG_LEVEL = '3';
  if (engine === 'wasm') await import('@tensorflow/tfjs-backend-wasm');
  else await import('@tensorflow/tfjs-node-gpu');
  await tf.setBackend(engine === 'wasm' ? 'wasm' : 'tensorflow');
}

/**
 * Checks that the engine runs that the row names.
 *
 * @throws Error where it is another.
 */
function requireEngine(): void {
  const { isUsingGpuDevice } = tf.backend() as { isUsingGpuDevice?: boolean };
  const gpu = isUsingGpuDevice ? 'gpu' : 'native';
  const running = tf.getBackend() === 'tensorflow' ? gpu : tf.getBackend();
  if (running !== engine) throw new Error(`Expected the engine ${engine} but ${running} runs`);
}

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
  } else await startStock();
  requireEngine();
  const [x, y] = samples();
  const model = compiled();
  const versions = { 'TensorFlow.js': tf.version.tfjs };
  const { binding } = tf.backend() as unknown as { binding?: { TF_Version: string } };
  ready(binding ? { ...versions, TensorFlow: binding.TF_Version } : versions);

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
