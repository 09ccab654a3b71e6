/**
 * Training against Python Keras, from the same weights and on the same data: the losses of 50 steps, the
 * means of the epochs and the weights in the end, on the native engine and on WebAssembly.
 */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { type Callbacks, fit } from 'tfjs-graph';
import { useDevice } from '../../../lib/digits/device/use';
import { inKerasNames } from '../../../lib/digits/format';
import { at } from '../../../lib/tfjs-graph/array';
import { build as buildModel } from '../../../lib/tools/bench/models/build';
import { dataOf, type Values } from '../../../lib/tools/bench/models/data';
import { type BenchModel, LESSON, models } from '../../../lib/tools/bench/models/models';
import { readData } from '../../texts';
import { assertClose } from './against-stock';
import { inKeras, isDropout, masksOf, setWeightsOf, type Trained, weightsOf } from './in-keras';

/** A model that is trained here and in Keras, and how. */
interface Case extends BenchModel {
  readonly validationSplit?: number;
  readonly classWeight?: Record<number, number>;
  /** Makes the initial weights larger; defaults to 1. */
  readonly scale?: number;
}

type Numbers = Record<string, number>;
/** What the benchmark does not build. */
const optimizerOf: Record<string, (settings: never) => tf.Optimizer> = {
  SGD: ({ learning_rate: rate = 0, momentum = 0, nesterov }: Numbers) =>
    tf.train.momentum(rate, momentum, Boolean(nesterov)),
  RMSprop: ({ learning_rate: rate = 0, rho, momentum, epsilon }: Numbers) =>
    tf.train.rmsprop(rate, rho, momentum, epsilon),
  Adagrad: ({ learning_rate: rate = 0 }: Numbers) => tf.train.adagrad(rate),
};

const { cases: more } = readData<{
  readonly cases: readonly Pick<Case, 'name' | 'layers'>[];
}>('tfjs-graph/train/keras.yml');

const digits = { ...LESSON, samples: 790, batchSize: 16, validationSplit: 0.2 };
const cases: readonly Case[] = [
  ...models.filter(({ noise }) => !noise),
  ...more.map(each => ({ ...digits, ...each })),
];

/** The steps whose losses are compared one by one. */
const STEPS = 50;
/** Samples a step: the fewer, the fewer corners. */
const AT_MOST = 16;

const batchSizeOf = (example: Case) => Math.min(example.batchSize, AT_MOST);

/** Builds a model whose Dropout layers draw the same mask at each step. */
function build(example: Case): tf.LayersModel {
  const { validationSplit, optimizer: [name, settings] = ['Adam', {}] } = example;
  const metrics = validationSplit ? ['accuracy'] : [];
  const model = buildModel({ ...example, batchSize: batchSizeOf(example) }, metrics);
  const optimizer = optimizerOf[name]?.(settings as never);
  if (optimizer) model.compile({ optimizer, loss: model.loss as string, metrics });
  for (const [i, layer] of model.layers.filter(isDropout).entries()) {
    (layer as unknown as { seed: number }).seed = i + 1;
  }
  return model;
}

/** What Keras is to train: as many epochs as give the steps, on no more samples than these take. */
function jobOf(example: Case) {
  const { inputs, layers, loss, optimizer, validationSplit = 0, scale = 1, classWeight } = example;
  const batchSize = batchSizeOf(example);
  const samples = Math.min(example.samples, STEPS * batchSize);
  const model = build(example);
  return {
    model: { inputs, layers, loss, batchSize, ...(optimizer && { optimizer }) },
    data: dataOf(example, samples),
    weights: weightsOf(model).map(({ data, shape }) => ({ data: data.map(v => v * scale), shape })),
    // What the Dropout layers multiply by, in turn: the same at each step.
    masks: masksOf(model, batchSize),
    batchSize,
    epochs: Math.ceil(STEPS / Math.ceil((samples * (1 - validationSplit)) / batchSize)),
    validationSplit,
    classWeight,
    // Once more for the means of the epochs, which the losses of the steps disturb.
    history: validationSplit > 0,
  };
}

describe('training against Python Keras', function () {
  this.timeout(1_200_000);
  const jobs: ReturnType<typeof jobOf>[] = [];
  let keras: readonly Trained[];

  before(async () => {
    await useDevice('cpu');
    jobs.push(...cases.map(jobOf));
    keras = await inKeras(jobs);
  });

  /** Trains by our own step, or not at all. */
  async function train(i: number, callbacks: Callbacks[] = []) {
    const { data, weights, batchSize, epochs, validationSplit, classWeight } = at(jobs, i);
    const model = build(at(cases, i));
    setWeightsOf(model, weights);
    const made = ({ data, shape }: Values) => tf.tensor(data, [...shape]);
    const [x, y] = [data.x.map(made), made(data.y)];
    try {
      const { history } = await fit(model, x, y, {
        ...{ batchSize, epochs, validationSplit, classWeight },
        ...{ callbacks, shuffle: false, verbose: 0 as const },
        onFallback(why) {
          throw why;
        },
      });
      return { model, history: inKerasNames(history) };
    } finally {
      tf.dispose([...x, y]);
    }
  }

  async function compareSteps(i: number): Promise<void> {
    const losses: number[] = [];
    const onBatchEnd = (_: number, logs?: tf.Logs) => void losses.push(Number(logs?.loss));
    await train(i, [{ onBatchEnd }]);
    assertClose(
      losses.slice(0, STEPS),
      at(keras, i).steps.slice(0, STEPS),
      1e-5,
      'loss of step',
      0,
    );
  }

  /** Compares the means of the epochs, where they were asked for, and the weights. */
  async function compareEnds(i: number): Promise<void> {
    const { model, history } = await train(i);
    const { history: means, weights } = at(keras, i);
    const isMeasured = at(jobs, i).history;
    // A digit whose two best classes are as good as equal may count here and not there.
    const oneDigit = 1 / (at(cases, i).samples * 0.2);
    for (const [name, values] of Object.entries(isMeasured ? means : {})) {
      const [within, least] = name.endsWith('loss') ? [1e-3, 0] : [oneDigit, 1];
      assertClose(history[name] as number[], values, within, name, least);
    }
    weightsOf(model).forEach(({ data }, k) => {
      assertClose(data, at(weights, k), 1e-5, `weight ${k}`);
    });
  }

  for (const [i, { name }] of cases.entries()) {
    it(`loses what Keras loses at each of ${STEPS} steps: ${name}`, () => compareSteps(i));

    it(`ends where Keras ends, several steps a call: ${name}`, () => compareEnds(i));
  }

  it('asks for more than 16 of a wrong answer, where tfjs-layers stops', () => {
    const i = cases.findIndex(({ name }) => name.endsWith('wrongly sure'));
    const largest = Math.max(...at(keras, i).steps);
    assert.ok(largest > 17, `the largest loss of a step is ${largest}`);
  });

  describe('on WebAssembly', () => {
    before(() => useDevice('wasm'));
    after(() => useDevice('cpu'));

    for (const [i, { name }] of cases.entries()) {
      it(`loses what Keras loses at each of ${STEPS} steps: ${name}`, () => compareSteps(i));

      it(`ends where Keras ends: ${name}`, () => compareEnds(i));
    }
  });
});
