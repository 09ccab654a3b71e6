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
import { inKeras, type Job, setWeightsOf, type Trained, valuesOf, weightsOf } from './in-keras';

/** A model that is trained here and in Keras, and how. */
interface Case {
  readonly layers: readonly Part[];
  readonly optimizer?: Part;
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
  'SGD with Nesterov’s momentum': {
    layers: small,
    optimizer: ['SGD', { ...momentum, nesterov: true }],
  },
  'RMSprop with momentum': {
    layers: small,
    optimizer: ['RMSprop', { learning_rate: 0.0005, rho: 0.95, momentum: 0.5 }],
  },
  Adagrad: { layers: small, optimizer: ['Adagrad', { learning_rate: 0.01 }] },
  'relu6, and layers large enough to be shared out among the cores': {
    layers: [flatten, dense(256, 'relu6'), dense(256, 'tanh'), softmax],
  },
  'samples of which the network is wrongly sure': {
    layers: [flatten, softmax],
    optimizer: ['SGD', { learning_rate: 0.01 }],
    scale: 100,
  },
  'class and sample weights': {
    layers: small,
    optimizer: ['SGD', momentum],
    classWeight: { 0: 2, 3: 0.5, 7: 3 },
    sampleWeight: [0.25, 1, 3, 0, 1.5],
  },
};

const input: Input = { kind: 'pixels', shape: [28, 28], black: 0 };

/** The case's model, compiled. */
function build(example: Case): tf.LayersModel {
  const layers = example.layers.map(([name, settings], i): Part => {
    const kernel_initializer = tf.initializers.glorotUniform({ seed: i });
    return [name, { kernel_initializer, ...settings }];
  });
  const target = { kind: 'class', classes: 10 } as const;
  const model = buildModel({ inputs: [input], target, layers });
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
const SAMPLES = 2520;
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

/** A case as Keras is to train it. */
function jobOf(example: Case, x: Values, y: Values): Job {
  const { scale = 1, optimizer = ['Adam', {}], layers, classWeight } = example;
  const own = sampleWeightsOf(example);
  return {
    ...training,
    model: { inputs: [input], loss: 'sparse_categorical_crossentropy', layers, optimizer },
    data: { x: [x], y },
    weights: weightsOf(build(example)).map(({ data, shape }) => ({
      ...{ data: data.map(v => v * scale), shape },
    })),
    masks: [],
    classWeight,
    sampleWeight: own && { data: own, shape: [SAMPLES] },
    history: true,
  };
}

describe('training against Python Keras', () => {
  let jobs: Job[];
  let results: readonly Trained[];
  let x: tf.Tensor;
  let y: tf.Tensor;

  before(async function () {
    this.timeout(300_000);
    await useDevice('cpu');
    const [[images, labels]] = await mnist.loadData();
    const bytes = images.data.subarray(0, SAMPLES * 784) as Uint8Array;
    const order = Int32Array.from({ length: SAMPLES }, (_, i) => (i * STRIDE) % SAMPLES);
    x = divide({ data: bytes, shape: [SAMPLES, 28, 28] as const }, 255).gather(order);
    y = tf.tensor1d(Int32Array.from(labels.data.subarray(0, SAMPLES))).gather(order);
    jobs = Object.values(cases).map(example => jobOf(example, valuesOf(x), valuesOf(y)));
    results = await inKeras(jobs);
  });

  for (const [i, [name, example]] of Object.entries(cases).entries()) {
    /** Trains the case from the weights that Keras begins with. */
    async function trained(options: FitOptions = {}) {
      const model = build(example);
      setWeightsOf(model, at(jobs, i).weights);
      const weights = sampleWeightsOf(example);
      const { history, said } = await fitQuietly(model, x, y, {
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
    });
  }

  it('asks for more than 16 of a wrong answer, where tfjs-layers stops', () => {
    const i = Object.keys(cases).indexOf('samples of which the network is wrongly sure');
    const largest = Math.max(...at(results, i).steps);
    assert.ok(largest > 17, `the largest loss of a step is ${largest}`);
  });
});
