/** Training on WebAssembly against tfjs-layers' own, in a process of its own. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { projectRoot } from '../../lib/setup/paths';

interface Outcome {
  readonly ours: Record<string, number[]>;
  readonly stock: Record<string, number[]>;
  readonly weights: number;
  readonly tensors: number;
}

/** Trains two equal models, ours and the stock one; Adam's epsilon is too small to tell where it stands. */
async function compare(
  layers: string,
  optimizer = 'tf.train.adam(0.01, 0.9, 0.999, 1e-12)',
): Promise<Outcome> {
  const code = `
    const tf = require('@tensorflow/tfjs');
    const { fit, useDevice } = require('digits');
    (async () => {
      await useDevice('wasm');
      const make = () => {
        const model = tf.sequential({ layers: ${layers} });
        model.compile({ optimizer: ${optimizer}, loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
        return model;
      };
      const [ours, stock] = [make(), make()];
      stock.setWeights(ours.getWeights());
      const x = tf.randomUniform([130, 6, 6, 1], 0, 1, 'float32', 3);
      const y = tf.randomUniform([130], 0, 4, 'int32', 5).toFloat();
      const options = { batchSize: 12, epochs: 3, shuffle: false, validationSplit: 0.2, verbose: 0 };
      const { history } = await fit(ours, x, y, options);
      const reference = await stock.fit(x, y, options);
      const differences = ours.getWeights().map((w, i) => w.sub(stock.getWeights()[i]).abs().max().dataSync()[0]);
      const before = tf.memory().numTensors;
      await fit(ours, x, y, options);
      const tensors = tf.memory().numTensors - before;
      console.log(JSON.stringify({ ours: history, stock: reference.history, weights: Math.max(...differences), tensors }));
    })();`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', code], {
    cwd: projectRoot,
  });
  return JSON.parse(stdout);
}

function assertSame({ ours, stock, weights, tensors }: Outcome): void {
  assert.deepEqual(Object.keys(ours), Object.keys(stock));
  for (const [name, values] of Object.entries(stock)) {
    values.forEach((value, epoch) => {
      const error = Math.abs((ours[name]?.[epoch] ?? Number.NaN) - value);
      assert.ok(error < 1e-4, `${name}[${epoch}]: ${ours[name]?.[epoch]} against ${value}`);
    });
  }
  assert.ok(weights < 1e-3, `weights differ by ${weights}`);
  assert.equal(tensors, 0, 'tensors left behind');
}

const flatten = 'tf.layers.flatten({ inputShape: [6, 6, 1] })';
const dense = (units: number, activation: string) =>
  `tf.layers.dense({ units: ${units}, activation: '${activation}' })`;

describe('training on WebAssembly', () => {
  it('trains the lesson’s layers as tfjs-layers does', async () => {
    assertSame(await compare(`[${flatten}, ${dense(16, 'relu')}, ${dense(4, 'softmax')}]`));
  });

  it('trains a deeper stack by SGD as tfjs-layers does', async () => {
    const hidden = ['tanh', 'sigmoid', 'linear', 'relu'].map((name, i) => dense(9 - i, name));
    const output = "tf.layers.dense({ units: 4, activation: 'softmax', useBias: false })";
    assertSame(await compare(`[${[flatten, ...hidden, output].join(', ')}]`, 'tf.train.sgd(0.1)'));
  });

  it('trains other layers by the steps of tfjs-layers', async () => {
    const dropout = 'tf.layers.dropout({ rate: 0.2, seed: 5 })';
    assertSame(
      await compare(`[${flatten}, ${dense(9, 'elu')}, ${dropout}, ${dense(4, 'softmax')}]`),
    );
  });

  it('says which operation WebAssembly lacks, and the cure', async () => {
    const conv = 'tf.layers.conv2d({ filters: 3, kernelSize: 3, inputShape: [6, 6, 1] })';
    await assert.rejects(
      compare(`[${conv}, tf.layers.flatten(), ${dense(4, 'softmax')}]`),
      /cannot train this model: it lacks the operation Conv2DBackpropFilter\. Use the native engine \(npm run setup\), or other layers\./,
    );
  });

  it('multiplies transposed operands right', async () => {
    const code = `
      const tf = require('@tensorflow/tfjs');
      const { useDevice } = require('digits');
      (async () => {
        const shapes = [[[3, 4], [4, 5]], [[2, 3, 4], [2, 4, 5]], [[1, 3, 4], [2, 4, 5]]];
        const results = {};
        for (const backend of ['cpu', 'wasm']) {
          if (backend === 'wasm') await useDevice('wasm'); else await tf.setBackend('cpu');
          const swap = (t, yes) => (yes ? t.transpose([...t.shape.keys()].map((_, i, all) => all[i < all.length - 2 ? i : 2 * all.length - 3 - i])) : t);
          results[backend] = shapes.flatMap(([a, b], n) => [0, 1, 2, 3].map(k => {
            const [ta, tb] = [Boolean(k & 1), Boolean(k & 2)];
            const [x, y] = [tf.randomUniform(a, 0, 1, 'float32', n), tf.randomUniform(b, 0, 1, 'float32', n + 9)];
            return Array.from(tf.matMul(swap(x, ta), swap(y, tb), ta, tb).dataSync());
          }));
        }
        const worst = results.cpu.map((values, i) => Math.max(...values.map((v, k) => Math.abs(v - results.wasm[i][k]))));
        console.log(JSON.stringify({ worst: Math.max(...worst), products: worst.length }));
      })();`;
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', code], {
      cwd: projectRoot,
    });
    const { worst, products } = JSON.parse(stdout.slice(stdout.lastIndexOf('{')));
    assert.equal(products, 12);
    assert.ok(worst < 1e-5, `differ by ${worst}`);
  });
});
