/** The recorded step against tfjs-layers' own: the same models, weights and order of samples. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../lib/device/use';
import { type FitOptions, fit } from '../../lib/fit';
import { setLanguage } from '../../lib/language';
import { nativeBackend } from '../../lib/training/graph/native';
import { bytePictures } from '../support';

/** A model and data for it. */
interface Case {
  readonly layers: () => tf.layers.Layer[];
  readonly optimizer?: () => tf.Optimizer | string;
  readonly x?: () => tf.Tensor;
  readonly options?: FitOptions;
  readonly compile?: Partial<tf.ModelCompileArgs>;
  /** Classes in the labels, as digits; with none the target is a number. */
  readonly classes?: number;
}

const SAMPLES = 50;
const dense = (units: number, activation: string) =>
  tf.layers.dense({ units, activation: activation as 'relu' });
const image = () => tf.randomUniform([SAMPLES, 8, 8, 1], 0, 1, 'float32', 3);
const bytes = (sparsity: number) => bytePictures(sparsity, [SAMPLES, 8, 8, 1] as const);
const flatten = () => tf.layers.flatten({ inputShape: [8, 8, 1] });
const mlp = (activation = 'relu') => [
  tf.layers.dense({ units: 12, activation: activation as 'relu', inputShape: [6] }),
  dense(4, 'softmax'),
];

const cases: Record<string, Case> = {
  'the lesson’s layers': {
    layers: () => [flatten(), dense(16, 'relu'), dense(4, 'softmax')],
    x: image,
  },
  'pictures of bytes, most of them 0': {
    layers: () => [flatten(), dense(70, 'relu'), dense(4, 'softmax')],
    x: () => bytes(5),
  },
  'pictures of bytes, few of them 0': {
    layers: () => [flatten(), dense(70, 'relu'), dense(4, 'softmax')],
    x: () => bytes(1),
  },
  'a deeper network': {
    layers: () => [
      ...mlp('tanh').slice(0, 1),
      dense(8, 'elu'),
      dense(8, 'sigmoid'),
      dense(4, 'softmax'),
    ],
  },
  'leaky relu, softplus, selu': {
    layers: () => [
      mlp('selu')[0] as tf.layers.Layer,
      tf.layers.leakyReLU(),
      dense(5, 'softplus'),
      dense(4, 'softmax'),
    ],
  },
  'a convolution': {
    layers: () => [
      tf.layers.conv2d({ filters: 3, kernelSize: 3, activation: 'relu', inputShape: [8, 8, 1] }),
      tf.layers.maxPooling2d({}),
      tf.layers.flatten(),
      dense(4, 'softmax'),
    ],
    x: image,
  },
  'a separable convolution with average pooling': {
    layers: () => [
      tf.layers.separableConv2d({ filters: 3, kernelSize: 3, inputShape: [8, 8, 1] }),
      tf.layers.averagePooling2d({}),
      tf.layers.globalMaxPooling2d({}),
      dense(4, 'softmax'),
    ],
    x: image,
  },
  'batch normalization': {
    layers: () => [
      mlp()[0] as tf.layers.Layer,
      tf.layers.batchNormalization(),
      dense(4, 'softmax'),
    ],
    // It makes the bias before it count for nothing: Adam would magnify the noise in its gradient.
    optimizer: () => tf.train.sgd(0.1),
  },
  'layer normalization': {
    layers: () => [
      mlp()[0] as tf.layers.Layer,
      tf.layers.layerNormalization(),
      dense(4, 'softmax'),
    ],
  },
  'dropout with a given mask': {
    layers: () => [
      mlp()[0] as tf.layers.Layer,
      tf.layers.dropout({ rate: 0.3, seed: 7 }),
      dense(4, 'softmax'),
    ],
  },
  'an embedding': {
    layers: () => [
      tf.layers.embedding({ inputDim: 9, outputDim: 4, inputLength: 6 }),
      tf.layers.flatten(),
      dense(4, 'softmax'),
    ],
    x: () => tf.randomUniform([SAMPLES, 6], 0, 9, 'int32', 3).toFloat(),
  },
  'an LSTM': {
    layers: () => [tf.layers.lstm({ units: 5, inputShape: [3, 2] }), dense(4, 'softmax')],
    x: () => tf.randomUniform([SAMPLES, 3, 2], 0, 1, 'float32', 3),
  },
  'a GRU': {
    layers: () => [tf.layers.gru({ units: 5, inputShape: [3, 2] }), dense(4, 'softmax')],
    x: () => tf.randomUniform([SAMPLES, 3, 2], 0, 1, 'float32', 3),
  },
  'a penalty on the weights': {
    layers: () => [
      tf.layers.dense({
        units: 8,
        inputShape: [6],
        kernelRegularizer: tf.regularizers.l2({ l2: 0.1 }),
      }),
      dense(4, 'softmax'),
    ],
  },
  'a frozen layer': {
    layers: () => [
      tf.layers.dense({ units: 8, inputShape: [6], trainable: false }),
      dense(4, 'softmax'),
    ],
  },
  regression: {
    layers: () => [
      tf.layers.dense({ units: 5, activation: 'relu', inputShape: [6] }),
      dense(1, 'linear'),
    ],
    compile: { loss: 'meanSquaredError', metrics: ['mse', 'mae'] },
    classes: 0,
  },
  'class weights': { layers: mlp, options: { classWeight: { 0: 2, 1: 0.5, 2: 1, 3: 3 } } },
  sgd: { layers: mlp, optimizer: () => tf.train.sgd(0.1) },
  momentum: { layers: mlp, optimizer: () => tf.train.momentum(0.1, 0.9) },
  'momentum after Nesterov': { layers: mlp, optimizer: () => tf.train.momentum(0.1, 0.9, true) },
  rmsprop: { layers: mlp, optimizer: () => tf.train.rmsprop(0.01) },
  'rmsprop with momentum': { layers: mlp, optimizer: () => tf.train.rmsprop(0.01, 0.9, 0.5) },
  'centred rmsprop': {
    layers: () => mlp('tanh'),
    optimizer: () => tf.train.rmsprop(0.001, 0.9, 0, 1e-12, true),
  },
  adagrad: { layers: mlp, optimizer: () => tf.train.adagrad(0.05) },
  adadelta: { layers: mlp, optimizer: () => tf.train.adadelta(0.5) },
  adamax: { layers: mlp, optimizer: () => tf.train.adamax(0.01) },
};

// Keras and TensorFlow.js add epsilon at different places in Adam; this one is too small to tell.
const adam = () => tf.train.adam(0.01, 0.9, 0.999, 1e-12);

function build({ layers, optimizer, compile, classes = 4 }: Case): tf.Sequential {
  const model = tf.sequential({ layers: layers() });
  model.compile({
    optimizer: optimizer?.() ?? adam(),
    loss: classes ? 'sparseCategoricalCrossentropy' : 'meanSquaredError',
    metrics: ['accuracy'],
    ...compile,
  });
  return model;
}

function data({ x, classes = 4 }: Case): [tf.Tensor, tf.Tensor] {
  const targets = classes
    ? tf.randomUniform([SAMPLES], 0, classes, 'int32', 5).toFloat()
    : tf.randomUniform([SAMPLES, 1], 0, 1, 'float32', 5);
  return [x?.() ?? tf.randomUniform([SAMPLES, 6], 0, 1, 'float32', 3), targets];
}

/** 7 does not divide the samples: the last step has other shapes. */
const common: FitOptions = { batchSize: 7, epochs: 3, shuffle: false, validationSplit: 0.2 };

function assertClose(a: ArrayLike<number>, b: ArrayLike<number>, tolerance: number, what: string) {
  assert.equal(a.length, b.length, what);
  for (let i = 0; i < a.length; i++) {
    const [p = NaN, q = NaN] = [a[i], b[i]];
    const error = Math.abs(p - q) / Math.max(1, Math.abs(q));
    assert.ok(error <= tolerance, `${what}[${i}]: ${p} against ${q}`);
  }
}

describe('the recorded step', () => {
  before(async () => {
    await useDevice('cpu');
  });

  afterEach(() => setLanguage('en'));

  for (const [name, example] of Object.entries(cases)) {
    it(`trains as tfjs-layers does: ${name}`, async () => {
      const [x, y] = data(example);
      const [ours, stock] = [build(example), build(example)];
      stock.setWeights(ours.getWeights());
      let shown = '';
      const write = (text: string) => {
        shown += text;
      };
      const options = { ...common, ...example.options };
      const recorded = await fit(ours, x, y, { ...options, verbose: 0, write });
      const reference = await stock.fit(x, y, { ...options, verbose: 0 } as tf.ModelFitArgs);
      assert.equal(shown, '', 'recorded, not fallen back');
      assert.deepEqual(Object.keys(recorded.history), Object.keys(reference.history));
      for (const [key, values] of Object.entries(reference.history)) {
        assertClose(recorded.history[key] ?? [], values as number[], 1e-4, key);
      }
      ours.getWeights().forEach((weight, i) => {
        const other = stock.getWeights()[i] as tf.Tensor;
        assertClose(weight.dataSync(), other.dataSync(), 1e-4, `weight ${i}`);
      });
    });
  }

  it('keeps the data in the session on a GPU, with the same result', async () => {
    const example: Case = {
      layers: () => [flatten(), dense(70, 'relu'), dense(4, 'softmax')],
      x: () => bytes(5),
    };
    const backend = nativeBackend() as { isUsingGPUDevice: boolean };
    const [x, y] = data(example);
    const [here, there] = [build(example), build(example)];
    there.setWeights(here.getWeights());
    const { history } = await fit(here, x, y, { ...common, verbose: 0 });
    backend.isUsingGPUDevice = true;
    try {
      const onGpu = await fit(there, x, y, { ...common, verbose: 0 });
      for (const [key, values] of Object.entries(history)) {
        assertClose(onGpu.history[key] ?? [], values, 1e-4, key);
      }
    } finally {
      backend.isUsingGPUDevice = false;
    }
  });

  it('goes on where an earlier call ended, also in the other engine', async () => {
    const example = { layers: mlp };
    const [x, y] = data(example);
    const [ours, stock] = [build(example), build(example)];
    stock.setWeights(ours.getWeights());
    for (let i = 0; i < 2; i++) await stock.fit(x, y, { ...common, verbose: 0 } as tf.ModelFitArgs);
    const reference = await stock.fit(x, y, { ...common, verbose: 0 } as tf.ModelFitArgs);
    await fit(ours, x, y, { ...common, verbose: 0 });
    await ours.fit(x, y, { ...common, verbose: 0 } as tf.ModelFitArgs);
    const { history } = await fit(ours, x, y, { ...common, verbose: 0 });
    assertClose(history.loss ?? [], reference.history.loss as number[], 1e-5, 'loss');
  });

  it('takes as many steps as there are, however many that is', async () => {
    for (const samples of [8, 14, 24, 31, 40, 50]) {
      const example = { layers: mlp };
      const [x, y] = data(example).map(whole => whole.slice(0, samples)) as [tf.Tensor, tf.Tensor];
      const [ours, stock] = [build(example), build(example)];
      stock.setWeights(ours.getWeights());
      const options = { ...common, batchSize: 5, validationSplit: 0.2, verbose: 0 as const };
      const { history } = await fit(ours, x, y, options);
      const reference = await stock.fit(x, y, options as tf.ModelFitArgs);
      for (const name of ['loss', 'val_loss']) {
        assertClose(history[name] ?? [], reference.history[name] as number[], 1e-5, name);
      }
    }
  });

  it('follows a learning rate that callbacks change', async () => {
    for (const optimizer of [adam, () => tf.train.adamax(0.01)]) {
      const example = { layers: mlp, optimizer };
      const [x, y] = data(example);
      const [ours, stock] = [build(example), build(example)];
      stock.setWeights(ours.getWeights());
      const halving = (model: tf.LayersModel): tf.CustomCallbackArgs => ({
        onEpochEnd: () => {
          const rates = model.optimizer as unknown as { learningRate: number };
          rates.learningRate /= 2;
        },
      });
      const options = { ...common, verbose: 0 as const, epochs: 5 };
      const { history } = await fit(ours, x, y, { ...options, callbacks: halving(ours) });
      const reference = await stock.fit(x, y, { ...options, callbacks: halving(stock) });
      assertClose(history.loss ?? [], reference.history.loss as number[], 1e-5, 'loss');
    }
  });

  for (const moment of ['onEpochEnd', 'onTrainEnd'] as const) {
    it(`keeps weights that a callback sets in the last ${moment}`, async () => {
      const example = { layers: mlp };
      const model = build(example);
      const zeros = () => model.setWeights(model.getWeights().map(w => tf.zerosLike(w)));
      const callbacks = { [moment]: () => tf.tidy(zeros) };
      await fit(model, ...data(example), { ...common, verbose: 0, epochs: 2, callbacks });
      const all = model.getWeights().flatMap(weight => Array.from(weight.dataSync()));
      assert.deepEqual(new Set(all), new Set([0]));
    });
  }

  it('weighs samples, as repeating them does', async () => {
    const example = { layers: mlp, optimizer: () => tf.train.sgd(0.1) };
    const [x, y] = data(example);
    const [weighted, repeated] = [build(example), build(example)];
    repeated.setWeights(weighted.getWeights());
    const options: FitOptions = { batchSize: 100, epochs: 3, shuffle: false, verbose: 0 };
    const sampleWeight = tf.fill([SAMPLES], 2);
    const { history } = await fit(weighted, x, y, { ...options, batchSize: 50, sampleWeight });
    const single = await fit(repeated, x.concat(x), y.concat(y), options);
    assert.ok((history.loss?.[0] ?? 0) > 0);
    assertClose(
      [(history.loss?.[0] ?? 0) / 2],
      [single.history.loss?.[0] ?? 0],
      1e-5,
      'first loss',
    );
  });

  it('draws the mask of Dropout anew at each step', async () => {
    const layers = () => [
      tf.layers.dropout({ rate: 0.5, inputShape: [6] }),
      tf.layers.dense({ units: 1, kernelInitializer: 'ones', useBias: false }),
    ];
    const model = build({ layers, optimizer: () => tf.train.sgd(0), classes: 0 });
    const losses: number[] = [];
    const callbacks = {
      onBatchEnd: (_: number, logs?: tf.Logs) => void losses.push(Number(logs?.loss)),
    };
    let shown = '';
    const write = (text: string) => {
      shown += text;
    };
    await fit(model, tf.ones([40, 6]), tf.zeros([40, 1]), {
      batchSize: 10,
      epochs: 5,
      verbose: 0,
      callbacks,
      write,
    });
    assert.equal(shown, '', 'recorded, not fallen back');
    assert.ok(new Set(losses).size > losses.length / 2, `losses ${losses.join(' ')}`);
    // Half of the inputs, doubled: 6 on average, so a squared error of 36 and a variance of 6.
    const mean = losses.reduce((a, b) => a + b) / losses.length;
    assert.ok(mean > 32 && mean < 52, `mean ${mean}`);
  });

  for (const [name, layer] of Object.entries({
    'Gaussian noise': () => tf.layers.gaussianNoise({ stddev: 0.1 }),
    'Gaussian dropout': () => tf.layers.gaussianDropout({ rate: 0.1 }),
    'alpha dropout': () => tf.layers.alphaDropout({ rate: 0.1 }),
  })) {
    it(`leaves to tfjs-layers what it cannot record, and says so once: ${name}`, async () => {
      const example = { layers: () => [mlp()[0] as tf.layers.Layer, layer(), dense(4, 'softmax')] };
      const [x, y] = data(example);
      const model = build(example);
      let shown = '';
      const write = (text: string) => {
        shown += text;
      };
      const { history } = await fit(model, x, y, { ...common, epochs: 20, verbose: 0, write });
      await fit(model, x, y, { ...common, verbose: 0, write });
      assert.equal(
        shown,
        "This model trains by TensorFlow.js's own steps, which are slower: it makes new numbers in JavaScript at each step, such as random noise.\n",
      );
      const { loss = [] } = history;
      assert.ok((loss.at(-1) ?? 9) < (loss[0] ?? 0), `loss ${loss.join(' ')}`);
    });
  }

  it('leaves to tfjs-layers a loss that reads values back, and says so in Chinese', async () => {
    setLanguage('zh');
    const example = { layers: () => [tf.layers.dense({ units: 1, inputShape: [6] })], classes: 0 };
    const [x, y] = data(example);
    const loss = (target: tf.Tensor, output: tf.Tensor) => {
      const error = target.sub(output).square().mean();
      return (error.dataSync()[0] ?? 0) > 1 ? error : error.mul(2);
    };
    const model = build({ ...example, compile: { loss, metrics: [] } });
    let shown = '';
    const write = (text: string) => {
      shown += text;
    };
    await fit(model, x, y, { ...common, verbose: 0, write });
    assert.match(shown, /改用 TensorFlow\.js 自己的训练步骤.*把张量读回 JavaScript/);
  });

  it('calls callbacks in the order of tfjs-layers, with the same logs', async () => {
    const example = { layers: mlp };
    const [x, y] = data(example);
    const [ours, stock] = [build(example), build(example)];
    stock.setWeights(ours.getWeights());
    const spy = (model: tf.LayersModel) => {
      const calls: [string, number | undefined, Record<string, number>, number][] = [];
      const note =
        (name: string) =>
        (at?: number | tf.Logs, logs: tf.Logs = {}) => {
          const weights = model.getWeights()[0]?.square().sum().dataSync()[0] ?? NaN;
          calls.push([
            name,
            typeof at === 'number' ? at : undefined,
            { ...logs } as Record<string, number>,
            weights,
          ]);
        };
      const names = [
        'onTrainBegin',
        'onEpochBegin',
        'onBatchBegin',
        'onBatchEnd',
        'onEpochEnd',
        'onTrainEnd',
      ];
      return { calls, callbacks: Object.fromEntries(names.map(name => [name, note(name)])) };
    };
    const [mine, theirs] = [spy(ours), spy(stock)];
    await fit(ours, x, y, { ...common, verbose: 0, callbacks: mine.callbacks });
    await stock.fit(x, y, {
      ...common,
      verbose: 0,
      callbacks: theirs.callbacks,
    } as tf.ModelFitArgs);
    assert.deepEqual(
      mine.calls.map(([name, at, logs]) => [name, at, Object.keys(logs)]),
      theirs.calls.map(([name, at, logs]) => [name, at, Object.keys(logs)]),
    );
    mine.calls.forEach(([name, , logs, weights], i) => {
      const [, , other, otherWeights] = theirs.calls[i] ?? ['', 0, {}, 0];
      assertClose(Object.values(logs), Object.values(other), 1e-5, name);
      assertClose([weights], [otherWeights], 1e-5, `${name}: the weights that it sees`);
    });
  });

  it('stops early by a callback of TensorFlow.js', async () => {
    const example = { layers: mlp, optimizer: () => tf.train.sgd(0) };
    const [x, y] = data(example);
    const options = { ...common, epochs: 50, verbose: 0 as const };
    const stopping = () => tf.callbacks.earlyStopping({ monitor: 'val_loss', patience: 2 });
    const { epoch } = await fit(build(example), x, y, { ...options, callbacks: stopping() });
    const stock = await build(example).fit(x, y, { ...options, callbacks: stopping() });
    assert.deepEqual(epoch, stock.epoch);
    assert.ok(epoch.length < 5);
  });

  it('takes over weights that a callback sets', async () => {
    const example = {
      layers: () => [tf.layers.dense({ units: 1, inputShape: [6] })],
      classes: 0,
      optimizer: () => tf.train.sgd(0),
    };
    const [x] = data(example);
    const model = build(example);
    const onEpochBegin = () => model.setWeights(model.getWeights().map(w => tf.zerosLike(w)));
    const { history } = await fit(model, x, tf.ones([SAMPLES, 1]), {
      epochs: 2,
      verbose: 0,
      callbacks: { onEpochBegin },
    });
    assertClose(history.loss ?? [], [1, 1], 1e-6, 'loss of a network of zeros');
  });

  it('lets a model be trained again after a call that failed', async () => {
    const example = { layers: mlp };
    const [x, y] = data(example);
    const model = build(example);
    const before = model.getWeights()[0]?.dataSync().slice();
    await assert.rejects(fit(model, x, tf.zeros([SAMPLES, 3]), { verbose: 0 }));
    await assert.rejects(fit(model, x, y, { batchSize: -5, verbose: 0 }), /OptionError/);
    assert.deepEqual(model.getWeights()[0]?.dataSync(), before);
    assert.equal((await fit(model, x, y, { verbose: 0 })).epoch.length, 1);
  });

  it('refuses to train a model that is being trained', async () => {
    const example = { layers: mlp };
    const [x, y] = data(example);
    const model = build(example);
    const first = fit(model, x, y, { ...common, verbose: 0 });
    await assert.rejects(
      fit(model, x, y, { verbose: 0 }),
      /being trained already\. Wait until that ends/,
    );
    await first;
    await fit(model, x, y, { ...common, verbose: 0 });
  });

  it('trains a functional model with two inputs and two outputs', async () => {
    const make = () => {
      const inputs = [tf.input({ shape: [6] }), tf.input({ shape: [2] })];
      const joined = tf.layers.concatenate().apply(inputs) as tf.SymbolicTensor;
      const outputs = [
        tf.layers
          .dense({ units: 4, activation: 'softmax', name: 'digit' })
          .apply(dense(5, 'relu').apply(joined)),
        tf.layers.dense({ units: 1, name: 'slant' }).apply(joined),
      ] as tf.SymbolicTensor[];
      const model = tf.model({ inputs, outputs });
      model.compile({
        optimizer: adam(),
        loss: ['sparseCategoricalCrossentropy', 'meanSquaredError'],
        metrics: ['accuracy'],
      });
      return model;
    };
    const [ours, stock] = [make(), make()];
    stock.setWeights(ours.getWeights());
    const [first, digits] = data({ layers: mlp });
    const x = [first, tf.randomUniform([SAMPLES, 2], 0, 1, 'float32', 8)];
    const y = [digits, tf.randomUniform([SAMPLES, 1], 0, 1, 'float32', 9)];
    let shown = '';
    const write = (text: string) => {
      shown += text;
    };
    const { history } = await fit(ours, x, y, { ...common, verbose: 0, write });
    const reference = await stock.fit(x, y, { ...common, verbose: 0 } as tf.ModelFitArgs);
    assert.equal(shown, '', 'recorded, not fallen back');
    assert.deepEqual(Object.keys(history), Object.keys(reference.history));
    for (const [key, values] of Object.entries(reference.history)) {
      assertClose(history[key] ?? [], values as number[], 1e-4, key);
    }
  });

  it('leaves no tensor and no session behind', async () => {
    const example = { layers: mlp };
    const [x, y] = data(example);
    const model = build(example);
    await fit(model, x, y, { ...common, verbose: 0 });
    const { binding } = tf.backend() as unknown as {
      binding: { getNumOfSavedModels(): number; getNumOfTensors(): number };
    };
    const before = [
      tf.memory().numTensors,
      binding.getNumOfSavedModels(),
      binding.getNumOfTensors(),
    ];
    for (let i = 0; i < 5; i++) await fit(model, x, y, { ...common, verbose: 0 });
    const after = [
      tf.memory().numTensors,
      binding.getNumOfSavedModels(),
      binding.getNumOfTensors(),
    ];
    assert.deepEqual(after, before);
  });
});
