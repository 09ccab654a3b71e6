/** Training against Python Keras: the same models, weights, digits and order of batches. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import mnist from 'mnist-data-loader';
import { useDevice } from '../../../lib/digits/device/use';
import type { FitOptions } from '../../../lib/digits/training/fit';
import { at } from '../../../lib/tfjs-graph/array';
import { divide } from '../../../lib/tfjs-graph/graph/byte-tensor';
import { build as buildModel } from '../../../lib/tools/bench/models/build';
import type { Values } from '../../../lib/tools/bench/models/data';
import type { Input, Part } from '../../../lib/tools/bench/models/models';
import { assertClose, fitQuietly } from './against-stock';
import { masksOf, setWeightsOf, valuesOf, weightsOf } from './by-layer';
import { inKeras, type Job, type Trained } from './in-keras';

/** A model that is trained here and in Keras, and how. */
interface Case {
  readonly layers: readonly Part[];
  readonly optimizer?: Part;
  /** The shape of a sample. */
  readonly input?: readonly number[];
  readonly classWeight?: Record<number, number>;
  /** How much the samples count in turn. */
  readonly sampleWeight?: number[];
  /** Makes the initial weights larger; defaults to 1. */
  readonly scale?: number;
}

type Numbers = Record<string, number>;
const optimizerOf: Record<string, (settings: never) => tf.Optimizer | string> = {
  Adam: () => 'adam',
  SGD: ({ learning_rate: rate = 0, momentum = 0, nesterov }: Numbers) =>
    tf.train.momentum(rate, momentum, Boolean(nesterov)),
  RMSprop: ({ learning_rate: rate = 0, rho, momentum }: Numbers) =>
    tf.train.rmsprop(rate, rho, momentum),
  Adagrad: ({ learning_rate: rate = 0 }: Numbers) => tf.train.adagrad(rate),
};

const dense = (units: number, activation: string): Part => ['Dense', { units, activation }];
const flatten: Part = ['Flatten', {}];
const softmax = dense(10, 'softmax');
const lesson = [flatten, dense(128, 'relu'), softmax];
const small = [flatten, dense(32, 'relu'), softmax];
const momentum = { learning_rate: 0.02, momentum: 0.9 };

const cases: Record<string, Case> = {
  'the lesson’s model with Adam’s defaults': { layers: lesson },
  'a deeper model': {
    layers: [flatten, dense(64, 'relu'), dense(32, 'relu'), dense(16, 'relu'), softmax],
  },
  'tanh, sigmoid, elu, softplus': {
    layers: [
      flatten,
      dense(24, 'tanh'),
      dense(24, 'sigmoid'),
      dense(24, 'elu'),
      dense(24, 'softplus'),
      softmax,
    ],
  },
  'selu, softsign, no bias': {
    layers: [
      flatten,
      dense(24, 'selu'),
      ['Dense', { units: 24, activation: 'softsign', use_bias: false }],
      softmax,
    ],
  },
  'SGD with momentum': { layers: small, optimizer: ['SGD', momentum] },
  'SGD with Nesterov’s momentum': {
    layers: small,
    optimizer: ['SGD', { ...momentum, nesterov: true }],
  },
  RMSprop: { layers: small, optimizer: ['RMSprop', { learning_rate: 0.001 }] },
  'RMSprop with momentum': {
    layers: small,
    optimizer: ['RMSprop', { learning_rate: 0.0005, rho: 0.95, momentum: 0.5 }],
  },
  Adagrad: { layers: small, optimizer: ['Adagrad', { learning_rate: 0.01 }] },
  'a small convolution': {
    layers: [
      ['Conv2D', { filters: 4, kernel_size: 3, activation: 'relu' }],
      ['MaxPooling2D', { pool_size: 2 }],
      flatten,
      softmax,
    ],
    input: [28, 28, 1],
  },
  'Dropout with a given mask': {
    layers: [flatten, dense(32, 'relu'), ['Dropout', { rate: 0.4, seed: 11 }], softmax],
  },
  'relu6, and layers large enough to be shared out among the cores': {
    layers: [flatten, dense(256, 'relu6'), dense(256, 'tanh'), softmax],
  },
  'samples of which the network is wrongly sure': {
    layers: [flatten, softmax],
    optimizer: ['SGD', { learning_rate: 0.01 }],
    scale: 100,
  },
  'class weights': { layers: small, classWeight: { 0: 2, 3: 0.5, 7: 3 } },
  'sample weights': { layers: small, sampleWeight: [0.25, 1, 3, 0, 1.5] },
  'class and sample weights': {
    layers: small,
    optimizer: ['SGD', momentum],
    classWeight: { 0: 2, 3: 0.5, 7: 3 },
    sampleWeight: [0.25, 1, 3, 0, 1.5],
  },
};

const inputOf = ({ input = [28, 28] }: Case): Input => ({
  ...{ kind: 'pixels', shape: input, black: 0 },
});

/** The case's model, compiled. */
function build(example: Case): tf.LayersModel {
  const layers = example.layers.map(([name, settings], i): Part => {
    const kernel_initializer = tf.initializers.glorotUniform({ seed: i });
    return [name, { kernel_initializer, ...settings }];
  });
  const target = { kind: 'class', classes: 10 } as const;
  const model = buildModel({ inputs: [inputOf(example)], target, layers });
  const [name, settings] = example.optimizer ?? ['Adam', {}];
  model.compile({
    optimizer: optimizerOf[name]?.(settings as never) as tf.Optimizer,
    loss: 'sparseCategoricalCrossentropy',
    metrics: ['accuracy'],
  });
  return model;
}

/** 63 steps an epoch, the last one with half a batch. */
const training = { batchSize: 32, epochs: 2, validationSplit: 0.2 };
const [SAMPLES, SHOWN] = [2520, 100];
/** Shares no divisor with the samples: each multiple of it is another sample. */
const STRIDE = 1009;
/** The steps whose losses are compared one by one. */
const STEPS = 50;
/** A digit whose two best classes are as good as equal may count here and not there. */
const ONE_DIGIT = 1 / (SAMPLES * training.validationSplit);

/** What each sample counts by itself. */
const sampleWeightsOf = ({ sampleWeight }: Case) =>
  sampleWeight &&
  Float32Array.from({ length: SAMPLES }, (_, i) => at(sampleWeight, i % sampleWeight.length));

type Digits = Readonly<Record<'x' | 'y' | 'shown', Values>>;

/** A case as Keras is to train it. */
function jobOf(example: Case, { x, y, shown }: Digits): Job {
  const model = build(example);
  const { scale = 1, optimizer = ['Adam', {}], layers, classWeight } = example;
  const input = inputOf(example);
  const pictures = ({ data, shape: [count = 0] }: Values) => ({
    data,
    shape: [count, ...input.shape],
  });
  const own = sampleWeightsOf(example);
  return {
    ...training,
    model: { inputs: [input], loss: 'sparse_categorical_crossentropy', layers, optimizer },
    data: { x: [pictures(x)], y },
    weights: weightsOf(model).map(({ data, shape }) => ({ data: data.map(v => v * scale), shape })),
    masks: masksOf(model, training.batchSize),
    classWeight,
    sampleWeight: own && { data: own, shape: [SAMPLES] },
    shown: pictures(shown),
    history: true,
  };
}

describe('training against Python Keras', () => {
  let jobs: Job[];
  let results: readonly Trained[];
  let x: tf.Tensor2D;
  let y: tf.Tensor1D;
  let shown: tf.Tensor2D;

  before(async function () {
    this.timeout(300_000);
    await useDevice('cpu');
    const [[images, labels], [testImages]] = await mnist.loadData();
    const bytes = images.data.subarray(0, SAMPLES * 784) as Uint8Array;
    const classes = Int32Array.from(labels.data.subarray(0, SAMPLES));
    const test = Float32Array.from(testImages.data.subarray(0, SHOWN * 784), v => v / 255);
    const order = Int32Array.from({ length: SAMPLES }, (_, i) => (i * STRIDE) % SAMPLES);
    x = divide({ data: bytes, shape: [SAMPLES, 784] as const }, 255).gather(order);
    y = tf.tensor1d(classes).gather(order);
    shown = tf.tensor2d(test, [SHOWN, 784]);
    const digits = { x: valuesOf(x), y: valuesOf(y), shown: valuesOf(shown) };
    jobs = Object.values(cases).map(example => jobOf(example, digits));
    results = (await inKeras(jobs)).trained;
  });

  for (const [i, [name, example]] of Object.entries(cases).entries()) {
    const pictures = (tensor: tf.Tensor2D) => tensor.reshape([-1, ...inputOf(example).shape]);

    /** Trains the case from the weights that Keras begins with. */
    async function trained(options: FitOptions = {}) {
      const model = build(example);
      setWeightsOf(model, at(jobs, i).weights);
      const weights = sampleWeightsOf(example);
      const { history, said } = await fitQuietly(model, pictures(x), y, {
        ...training,
        ...(example.classWeight && { classWeight: example.classWeight }),
        ...(weights && { sampleWeight: tf.tensor1d(weights) }),
        ...options,
      });
      assert.equal(said, '', 'recorded, not fallen back');
      return { model, history };
    }

    it(`loses what Keras loses at each of 50 steps: ${name}`, async () => {
      const losses: number[] = [];
      const onBatchEnd = (_: number, logs?: tf.Logs) => void losses.push(Number(logs?.loss));
      await trained({ epochs: 1, callbacks: { onBatchEnd } });
      const { steps } = at(results, i);
      assertClose(losses.slice(0, STEPS), steps.slice(0, STEPS), 1e-5, 'loss of step', 0);
    });

    it(`ends where Keras ends, several steps a call: ${name}`, async () => {
      const { model, history } = await trained();
      const keras = at(results, i);
      const compare = (metric: string, within: number, least: number) =>
        assertClose(
          history[metric] ?? [],
          keras.history[metric] as number[],
          within,
          metric,
          least,
        );
      for (const loss of ['loss', 'val_loss']) compare(loss, 1e-3, 0);
      for (const accuracy of ['accuracy', 'val_accuracy']) compare(accuracy, ONE_DIGIT, 1);
      weightsOf(model).forEach(({ data }, k) => {
        assertClose(data, at(keras.weights, k), 1e-4, `weight ${k}`);
      });
      const probabilities = (model.predict(pictures(shown)) as tf.Tensor).dataSync();
      assertClose(probabilities, keras.predicted, 1e-4, 'probability');
    });
  }

  it('asks for more than 16 of a wrong answer, where tfjs-layers stops', () => {
    const i = Object.keys(cases).indexOf('samples of which the network is wrongly sure');
    const largest = Math.max(...at(results, i).steps);
    assert.ok(largest > 17, `the largest loss of a step is ${largest}`);
  });
});
