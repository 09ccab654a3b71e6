/** Training on WebAssembly against tfjs-layers' own, in a process of its own. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { inKerasNames } from '../../../lib/digits/format';
import { setLanguage } from '../../../lib/digits/language';
import { type FitOptions, fit } from '../../../lib/digits/training/fit';
import { projectRoot } from '../../../lib/tools/project/paths';
import { seed } from '../../seed';
import { compiledModel } from '../../support';

interface Outcome {
  readonly ours: Record<string, number[]>;
  readonly stock: Record<string, number[]>;
  readonly weights: number;
  readonly tensors: number;
  /** Why tfjs-layers' own steps train; nothing where they do not. */
  readonly said: string;
}

/** Code of the process that trains. */
interface Setting {
  /** Adam's epsilon is too small to tell where it stands. */
  readonly optimizer?: string;
  /** Further options of both trainings; `model` is the model. */
  readonly options?: string;
  /** What happens to each `model` after it was compiled. */
  readonly afterwards?: string;
  /** Whether the samples are made before the engine is started. */
  readonly early?: boolean;
  /** What becomes of the classes `y`, for the categorical cross-entropy. */
  readonly rows?: string;
}

/** Trains two equal models, ours and the stock one. */
async function compare(layers: string, setting: Setting = {}): Promise<Outcome> {
  const {
    optimizer = 'tf.train.adam(0.01, 0.9, 0.999, 1e-12)',
    options = '',
    afterwards = '',
  } = setting;
  const code = `
    require('seedrandom')('${seed}', { global: true });
    const tf = require('@tensorflow/tfjs');
    const { fit, useDevice } = require('digits');
    (async () => {
      const samples = () => [
        tf.randomUniform([130, 6, 6, 1], 0, 1, 'float32', 3),
        tf.tidy(() => {
          const y = tf.randomUniform([130], 0, 4, 'int32', 5);
          return (${setting.rows ?? 'y'}).toFloat();
        }),
      ];
      const made = ${Boolean(setting.early)} && samples();
      await useDevice('wasm');
      const [x, y] = made || samples();
      const make = () => {
        const model = tf.sequential({ layers: ${layers} });
        model.compile({ optimizer: ${optimizer}, loss: '${setting.rows ? 'categoricalCrossentropy' : 'sparseCategoricalCrossentropy'}', metrics: ['accuracy'] });
        ${afterwards};
        return model;
      };
      const [ours, stock] = [make(), make()];
      stock.setWeights(ours.getWeights());
      const options = model =>
        ({ batchSize: 12, epochs: 3, shuffle: false, validationSplit: 0.2, verbose: 0, ${options} });
      let said = '';
      const write = text => { said += text; };
      const { history } = await fit(ours, x, y, { ...options(ours), write });
      const reference = await stock.fit(x, y, options(stock));
      const differences = ours.getWeights().map((w, i) => w.sub(stock.getWeights()[i]).abs().max().dataSync()[0]);
      const before = tf.memory().numTensors;
      await fit(ours, x, y, { ...options(ours), write });
      const tensors = tf.memory().numTensors - before;
      console.log(JSON.stringify({ ours: history, stock: reference.history, weights: Math.max(...differences), tensors, said }));
    })();`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', code], {
    cwd: projectRoot,
  });
  return JSON.parse(stdout);
}

/** @param reason to be given for steps of tfjs-layers; none is where the own step trains. */
function assertSame({ ours, stock, weights, tensors, said }: Outcome, reason?: RegExp): void {
  if (reason) assert.match(said, reason);
  else assert.equal(said, '');
  const expected = inKerasNames(stock);
  assert.deepEqual(Object.keys(ours).sort(), Object.keys(expected).sort());
  for (const [name, values] of Object.entries(expected)) {
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
    assertSame(
      await compare(`[${[flatten, ...hidden, output].join(', ')}]`, {
        optimizer: 'tf.train.sgd(0.1)',
      }),
    );
  });

  it('trains a hidden layer without bias as tfjs-layers does', async () => {
    const hidden = "tf.layers.dense({ units: 6, activation: 'relu', useBias: false })";
    assertSame(await compare(`[${flatten}, ${hidden}, ${dense(4, 'softmax')}]`));
  });

  it('trains in a single step where a batch takes more samples than there are', async () => {
    const layers = `[${flatten}, ${dense(9, 'relu')}, ${dense(4, 'softmax')}]`;
    assertSame(await compare(layers, { options: 'batchSize: 1e6' }));
  });

  it('takes samples that were made before the engine was started', async () => {
    const layers = `[${flatten}, ${dense(9, 'relu')}, ${dense(4, 'softmax')}]`;
    assertSame(await compare(layers, { early: true }));
  });

  it('goes on from weights that a callback sets, while the memory of the engine grows', async () => {
    const layers = `[${flatten}, ${dense(9, 'relu')}, ${dense(4, 'softmax')}]`;
    const halve = 'model.setWeights(model.getWeights().map(w => w.mul(0.5)))';
    const onEpochEnd = `async () => tf.tidy(() => { ${halve}; tf.zeros([3e7]).dataSync(); })`;
    assertSame(await compare(layers, { options: `callbacks: { onEpochEnd: ${onEpochEnd} }` }));
  });

  it('draws for Dropout what tfjs-layers draws', async () => {
    const dropout = 'tf.layers.dropout({ rate: 0.2, seed: 5 })';
    assertSame(
      await compare(`[${flatten}, ${dense(9, 'relu')}, ${dropout}, ${dense(4, 'softmax')}]`),
    );
  });

  for (const optimizer of [
    'tf.train.momentum(0.05, 0.9)',
    'tf.train.momentum(0.05, 0.9, true)',
    'tf.train.rmsprop(0.003, 0.9, 0.5)',
    'tf.train.adagrad(0.05)',
  ]) {
    it(`goes on from the optimizer’s state: ${optimizer}`, async () => {
      const layers = `[${flatten}, ${dense(16, 'relu')}, ${dense(4, 'softmax')}]`;
      const classWeight = '{ 0: 2, 1: 0.5, 2: 1, 3: 1 }';
      const onEpochEnd = 'async () => {}';
      const options = `classWeight: ${classWeight}, callbacks: { onEpochEnd: ${onEpochEnd} }`;
      assertSame(await compare(layers, { optimizer, options }));
    });
  }

  it('takes labels that are one-hot, weighted too', async () => {
    const layers = `[${flatten}, ${dense(9, 'relu')}, ${dense(4, 'softmax')}]`;
    const rows = 'tf.oneHot(y, 4)';
    assertSame(await compare(layers, { rows }));
    assertSame(
      await compare(layers, { rows, options: 'classWeight: { 0: 2, 1: 0.5, 2: 1, 3: 1 }' }),
    );
  });

  it('leaves labels that are probabilities to the steps of tfjs-layers', async () => {
    const layers = `[${flatten}, ${dense(9, 'relu')}, ${dense(4, 'softmax')}]`;
    for (const rows of ['tf.oneHot(y, 4).mul(0.9).add(0.025)', 'tf.oneHot(y, 4).mul(2)']) {
      assertSame(await compare(layers, { rows }), /one-hot/);
    }
  });

  it('trains other layers by the steps of tfjs-layers', async () => {
    assertSame(
      await compare(`[${flatten}, ${dense(9, 'elu')}, ${dense(4, 'softmax')}]`),
      /activations/,
    );
  });

  for (const optimizer of ['tf.train.adam(0.01, 0.9, 0.999, 1e-12)', 'tf.train.sgd(0.1)']) {
    it(`leaves alone what is frozen, whenever that was said: ${optimizer}`, async () => {
      const hidden = (trainable: boolean) =>
        `tf.layers.dense({ units: 9, activation: 'relu', trainable: ${trainable} })`;
      const layers = (trainable: boolean) =>
        `[${flatten}, ${hidden(trainable)}, ${dense(4, 'softmax')}]`;
      const change = (trainable: boolean) => `model.layers[1].trainable = ${trainable}`;
      const unfrozen = await compare(layers(false), { optimizer, afterwards: change(true) });
      assertSame(unfrozen, /some of its weights are frozen/);
      const frozen = await compare(layers(true), { optimizer, afterwards: change(false) });
      assertSame(frozen, /some of its weights are frozen/);
    });
  }

  it('says which operation WebAssembly lacks, and the cure', async () => {
    // A layer of the learner's own.
    const spectrum = `new (class extends tf.layers.Layer {
      static className = 'Spectrum';
      call(x) { return tf.real(tf.fft(tf.complex([x].flat()[0], [x].flat()[0]))); }
    })({})`;
    await assert.rejects(
      compare(`[${flatten}, ${dense(9, 'relu')}, ${spectrum}, ${dense(4, 'softmax')}]`),
      /cannot train this model: it lacks the operation Complex\. Install the native engine \(npm run setup\), or use other layers\./,
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

describe('why tfjs-layers’ own steps train on WebAssembly', () => {
  before(() => useDevice('wasm'));
  after(async () => {
    await useDevice('cpu');
  });
  afterEach(() => setLanguage('en'));

  /** What two fits say. */
  async function said(model: tf.LayersModel, options: FitOptions = {}): Promise<string> {
    let all = '';
    const write = (text: string) => {
      all += text;
    };
    const [x, y] = [tf.zeros([20, 28, 28]), tf.zeros([20])];
    for (let i = 0; i < 2; i++) await fit(model, x, y, { verbose: 0, ...options, write });
    return all;
  }

  it('is not asked for the lesson’s model', async () => {
    assert.equal(await said(compiledModel(), { validationSplit: 0.2, epochs: 2 }), '');
  });

  it('is not asked for weights of classes or samples', async () => {
    assert.equal(await said(compiledModel(), { classWeight: { 0: 2 } }), '');
    assert.equal(await said(compiledModel(), { sampleWeight: tf.ones([20]) }), '');
  });

  const begun = "This model is trained by TensorFlow.js's own steps, which are slower, because ";
  const adamax = () => {
    const model = compiledModel();
    const loss = 'sparseCategoricalCrossentropy';
    model.compile({ optimizer: tf.train.adamax(0.01), loss });
    return model;
  };

  it('is said once', async () => {
    const reason =
      'its optimizer is not SGD, with or without momentum, Adam, Adagrad or RMSprop that is not centred';
    assert.equal(await said(adamax()), `${begun}${reason}.\n`);
  });

  it('is said in Chinese', async () => {
    setLanguage('zh');
    assert.equal(
      await said(adamax()),
      '这个模型改用 TensorFlow.js 自己的训练步骤，速度较慢，原因：它的优化器不是 SGD（带不带动量都行）、Adam、Adagrad 或非 centered 的 RMSprop。\n',
    );
  });
});
