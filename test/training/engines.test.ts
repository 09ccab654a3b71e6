/** The same training on WebAssembly and on the native engine, each in a process of its own. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { projectRoot } from '../../lib/setup/paths';

/** What a process found, model by model. */
interface Outcome {
  readonly backend: string;
  readonly models: Record<string, { losses: number[]; probabilities: number[] }>;
}

const WITHIN = 1e-4;

/** 20 steps on real digits, from weights that a seed makes equal in both processes. */
const SCRIPT = `
  const tf = require('@tensorflow/tfjs');
  const { fit, useDevice } = require('digits');
  const { mnist } = require('mnist-data-loader');
  const seeded = seed => ({ kernelInitializer: tf.initializers.glorotUniform({ seed }) });
  const dense = (units, activation) => tf.layers.dense({ units, activation, ...seeded(units) });
  const flatten = () => tf.layers.flatten({ inputShape: [28, 28, 1] });
  const models = {
    lesson: ['adam', [flatten(), dense(128, 'relu'), dense(10, 'softmax')]],
    deeper: [tf.train.sgd(0.1), [flatten(), dense(32, 'tanh'), dense(16, 'sigmoid'), dense(10, 'softmax')]],
    momentum: [tf.train.momentum(0.02, 0.9), [flatten(), dense(32, 'relu'), dense(10, 'softmax')]],
    dropout: ['adam', [
      flatten(), dense(32, 'relu'), tf.layers.dropout({ rate: 0.4, seed: 11 }), dense(10, 'softmax')]],
    // Weights so large that many probabilities are 0 or 1.
    saturated: [tf.train.sgd(0.01), [flatten(), tf.layers.dense({
      units: 10, activation: 'softmax', kernelInitializer: tf.initializers.randomNormal({ stddev: 5, seed: 3 }) })]],
  };
  (async () => {
    await useDevice();
    const [[images, labels]] = await mnist.loadData();
    const x = tf.tensor4d(Float32Array.from(images.data.subarray(0, 640 * 784), v => v / 255), [640, 28, 28, 1]);
    const y = tf.tensor1d(Int32Array.from(labels.data.subarray(0, 640)), 'int32');
    const found = {};
    for (const [name, [optimizer, layers]] of Object.entries(models)) {
      const model = tf.sequential({ layers });
      model.compile({ optimizer, loss: 'sparseCategoricalCrossentropy' });
      const losses = [];
      const onBatchEnd = (_, logs) => void losses.push(logs.loss);
      await fit(model, x, y, { batchSize: 32, shuffle: false, verbose: 0, write() {}, callbacks: { onBatchEnd } });
      found[name] = { losses, probabilities: [...model.predict(x.slice(0, 100)).dataSync()] };
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

  for (const name of ['lesson', 'deeper', 'momentum', 'dropout', 'saturated']) {
    it(`gives the losses of 20 steps and the probabilities of 100 digits: ${name}`, () => {
      const [a, b] = [native.models[name], wasm.models[name]];
      assert.equal(a?.losses.length, 20);
      assertClose(b?.losses ?? [], a?.losses ?? [], 'loss of step');
      assertClose(b?.probabilities ?? [], a?.probabilities ?? [], 'probability');
    });
  }
});

function assertClose(actual: readonly number[], expected: readonly number[], what: string): void {
  assert.equal(actual.length, expected.length, what);
  expected.forEach((value, i) => {
    const error = Math.abs((actual[i] ?? Number.NaN) - value);
    assert.ok(error <= WITHIN, `${what} ${i}: ${actual[i]}, on the native engine ${value}`);
  });
}
