/** The same training on WebAssembly and on the native engine, each in a process of its own. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { projectRoot } from '../../../lib/tools/project/paths';

/** What a process found, model by model. */
interface Outcome {
  readonly backend: string;
  readonly models: Record<string, Trained>;
}

interface Trained {
  readonly losses: number[];
  readonly probabilities: number[];
  /** Why tfjs-layers' own steps train; nothing where they do not. */
  readonly said: string;
}

const WITHIN = 1e-4;
const STEPS = 50;

/** What WebAssembly's own step leaves to tfjs-layers, with the reason. */
const models: Record<string, RegExp | undefined> = {
  lesson: undefined,
  deeper: undefined,
  'deeper, with Adam': undefined,
  momentum: undefined,
  'Nesterov’s momentum': undefined,
  RMSprop: undefined,
  Adagrad: undefined,
  Adamax: /not SGD/,
  dropout: undefined,
  'another activation': /activations/,
  'class weights': undefined,
  convolution: undefined,
  'convolutions with margins and strides': undefined,
  'a separable convolution': /plain stack of/,
  saturated: undefined,
};

/** So many steps on real digits, from weights that a seed makes equal in both processes. */
const SCRIPT = `
  const tf = require('@tensorflow/tfjs');
  const { fit, useDevice } = require('digits');
  const { mnist } = require('mnist-data-loader');
  const seeded = seed => ({ kernelInitializer: tf.initializers.glorotUniform({ seed }) });
  const dense = (units, activation) => tf.layers.dense({ units, activation, ...seeded(units) });
  const conv = (filters, kernelSize, options) => tf.layers.conv2d({
    filters, kernelSize, inputShape: [28, 28, 1], ...seeded(filters), ...options });
  const flatten = () => tf.layers.flatten({ inputShape: [28, 28, 1] });
  const models = {
    lesson: ['adam', [flatten(), dense(128, 'relu'), dense(10, 'softmax')]],
    deeper: [tf.train.sgd(0.1), [flatten(), dense(32, 'tanh'), dense(16, 'sigmoid'), dense(10, 'softmax')]],
    'deeper, with Adam': ['adam', [
      flatten(), dense(64, 'relu'), dense(48, 'tanh'), dense(32, 'relu'), dense(16, 'sigmoid'), dense(10, 'softmax')]],
    momentum: [tf.train.momentum(0.02, 0.9), [flatten(), dense(32, 'relu'), dense(10, 'softmax')]],
    'Nesterov’s momentum': [tf.train.momentum(0.02, 0.9, true), [flatten(), dense(32, 'relu'), dense(10, 'softmax')]],
    RMSprop: [tf.train.rmsprop(0.001, 0.9), [flatten(), dense(32, 'relu'), dense(10, 'softmax')]],
    Adagrad: [tf.train.adagrad(0.05), [flatten(), dense(32, 'relu'), dense(10, 'softmax')]],
    Adamax: [tf.train.adamax(0.002), [flatten(), dense(32, 'relu'), dense(10, 'softmax')]],
    'another activation': ['adam', [flatten(), dense(32, 'elu'), dense(10, 'softmax')]],
    convolution: ['adam', [
      conv(16, 5, { activation: 'relu' }), tf.layers.maxPooling2d({ poolSize: 2 }), tf.layers.flatten(),
      dense(32, 'relu'), dense(10, 'softmax')]],
    'convolutions with margins and strides': [tf.train.momentum(0.02, 0.9), [
      conv(6, 3, { activation: 'relu', padding: 'same' }), tf.layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
      tf.layers.conv2d({ filters: 9, kernelSize: [3, 2], strides: 2, activation: 'tanh', ...seeded(4) }),
      tf.layers.flatten(), dense(10, 'softmax')]],
    'a separable convolution': ['adam', [
      conv(4, 3), tf.layers.separableConv2d({ filters: 5, kernelSize: 3,
        depthwiseInitializer: tf.initializers.glorotUniform({ seed: 8 }), pointwiseInitializer: tf.initializers.glorotUniform({ seed: 9 }) }),
      tf.layers.flatten(), dense(10, 'softmax')]],
    dropout: ['adam', [
      flatten(), dense(32, 'relu'), tf.layers.dropout({ rate: 0.4, seed: 11 }), dense(10, 'softmax')]],
    'class weights': ['adam', [flatten(), dense(32, 'relu'), dense(10, 'softmax')], { classWeight: { 0: 2, 3: 0.5, 7: 3 } }],
    // Weights so large that many probabilities are 0 or 1.
    saturated: [tf.train.sgd(0.01), [flatten(), tf.layers.dense({
      units: 10, activation: 'softmax', kernelInitializer: tf.initializers.randomNormal({ stddev: 5, seed: 3 }) })]],
  };
  (async () => {
    await useDevice();
    const count = ${STEPS} * 32;
    const [[images, labels]] = await mnist.loadData();
    const x = tf.tensor4d(Float32Array.from(images.data.subarray(0, count * 784), v => v / 255), [count, 28, 28, 1]);
    const y = tf.tensor1d(Int32Array.from(labels.data.subarray(0, count)), 'int32');
    const found = {};
    for (const [name, [optimizer, layers, options]] of Object.entries(models)) {
      const model = tf.sequential({ layers });
      model.compile({ optimizer, loss: 'sparseCategoricalCrossentropy' });
      const losses = [];
      let said = '';
      const write = text => { said += text; };
      const onBatchEnd = (_, logs) => void losses.push(logs.loss);
      await fit(model, x, y, { batchSize: 32, shuffle: false, verbose: 0, write, callbacks: { onBatchEnd }, ...options });
      found[name] = { losses, probabilities: [...model.predict(x.slice(0, 100)).dataSync()], said };
    }
    console.log(JSON.stringify({ backend: tf.getBackend(), models: found }));
  })();`;

async function trainOn(device: string): Promise<Outcome> {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', SCRIPT], {
    cwd: projectRoot,
    env: { ...process.env, DIGITS_DEVICE: device },
    maxBuffer: 2 ** 24,
  });
  return JSON.parse(stdout);
}

describe('training on WebAssembly against the native engine', () => {
  let native: Outcome;
  let wasm: Outcome;

  before(async function () {
    this.timeout(120_000);
    native = await trainOn('cpu');
    wasm = await trainOn('wasm');
  });

  it('runs on both engines', () => {
    assert.deepEqual([native.backend, wasm.backend], ['tensorflow', 'wasm']);
  });

  for (const [name, reason] of Object.entries(models)) {
    it(`gives the losses of ${STEPS} steps and the probabilities of 100 digits: ${name}`, () => {
      const [a, b] = [native.models[name], wasm.models[name]];
      assert.ok(a && b);
      assert.equal(a.said, '', 'recorded, not fallen back');
      assert.match(b.said, reason ?? /^$/);
      assert.equal(a.losses.length, STEPS);
      assertClose(b.losses, a.losses, 'loss of step');
      assertClose(b.probabilities, a.probabilities, 'probability');
    });
  }
});

/** Relative to what is larger than 1. */
function assertClose(actual: readonly number[], expected: readonly number[], what: string): void {
  assert.equal(actual.length, expected.length, what);
  expected.forEach((value, i) => {
    const error = Math.abs((actual[i] ?? Number.NaN) - value) / Math.max(1, Math.abs(value));
    assert.ok(error <= WITHIN, `${what} ${i}: ${actual[i]}, on the native engine ${value}`);
  });
}
