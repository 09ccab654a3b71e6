/** A loss of NaN in each way to train: the explanation. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { likelyCause, NotFiniteError } from '../../../lib/digits/input/not-finite';
import { itemAt } from '../../../lib/digits/item-at';
import { tables } from '../../../lib/digits/language';
import type { FitArgs } from '../../../lib/digits/training/fit';
import '../../../lib/digits/training/methods';
import { itNative } from '../../native';
import { captureOutput, stateOf } from '../../support';
import { survive } from '../../survive';
import { assertNothingLeft, settledCounts } from '../../tfjs-graph/train/counts';

const [SAMPLES, FEATURES, CLASSES] = [64, 6, 4];
const common: FitArgs = { verbose: 0, batchSize: 16, epochs: 3, shuffle: false };
const { notFinite, cause } = tables.en.input;

/** Each engine, by its own fast step and by TensorFlow.js's. */
const ways = (['cpu', 'wasm'] as const).flatMap(device =>
  [false, true].map(isStock => ({ device, isStock })),
);

/** Makes a model, for `isStock` with a layer that no fast step supports. */
function build(isStock: boolean, optimizer: tf.Optimizer, loss?: string): tf.Sequential {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 8, activation: 'relu', inputShape: [FEATURES] }));
  if (isStock) model.add(tf.layers.gaussianNoise({ stddev: 0.01 }));
  model.add(tf.layers.dense({ units: CLASSES, activation: loss ? 'linear' : 'softmax' }));
  model.compile({ optimizer, loss: loss ?? 'sparseCategoricalCrossentropy' });
  return model;
}

/** In [0, 1]. */
const samples = () => tf.randomUniform([SAMPLES, FEATURES], 0, 1, 'float32', 3);
const classes = () => tf.randomUniform([SAMPLES], 0, CLASSES, 'int32', 5);
const numbers = () => tf.randomUniform([SAMPLES, CLASSES], 0, 1, 'float32', 7);

/** The same values, except a value of sample 40 in the third batch. */
function with40(tensor: tf.Tensor, value: number): tf.Tensor {
  const values = tensor.dataSync().slice();
  values[(40 * tensor.size) / SAMPLES] = value;
  return tf.tensor(values, tensor.shape);
}

/** Checks the failure and the words of the message. */
async function fails(work: Promise<unknown>, ...words: string[]): Promise<NotFiniteError> {
  const error = await work.catch(error => error);
  ok(error instanceof NotFiniteError, String(error));
  for (const word of words) ok(error.message.includes(word), `${word}\n${error.message}`);
  return error;
}

describe('a loss that is no number', () => {
  before(() => useDevice('cpu'));
  afterEach(() => useDevice('cpu'));

  it('comes of such samples: place and cause are named', () =>
    survive('kernel', 'NaN or infinity among the samples', ways.length * 2, async i => {
      const { device, isStock } = itemAt(ways, i >> 1);
      await useDevice(device);
      const value = i % 2 === 0 ? Number.NaN : Number.NEGATIVE_INFINITY;
      const [y, bad] = [classes(), with40(samples(), value)];
      const model = build(isStock, tf.train.sgd(0.01));
      const weights = model.getWeights().map(weight => weight.clone());
      const failing = () =>
        fails(
          model.fit(bad, y, common),
          notFinite.loss(Number.NaN, 1, 3, 4) + notFinite.lost + cause.data('x', 40, value),
        );
      await failing();
      await fails(model.fit(samples(), y, common), cause.weights);
      const countsBefore = await settledCounts();
      model.setWeights(weights);
      await failing();
      await settledCounts();
      assertNothingLeft(countsBefore);
    }));

  it('comes of a learning rate of 1000: the cure is named', () =>
    survive('kernel', 'a loss of NaN from a learning rate of 1000', ways.length, async i => {
      const { device, isStock } = itemAt(ways, i);
      await useDevice(device);
      const [x, y] = [samples().mul(255), numbers()];
      const model = build(isStock, tf.train.sgd(1000), 'meanSquaredError');
      const long = { ...common, epochs: 50, verbose: 1 } as const;
      const [notScaled = ''] = cause.notScaled(7, 255).split('7');
      const words = notFinite.lost + cause.rate(1000, 0.001) + notScaled;
      const output = await captureOutput(() => fails(model.fit(x, y, long), words));
      ok((output.match(/NaN|Infinity/gi) ?? []).length <= 1, output);
    }));

  it('is said to be far above guessing where it is no NaN, only large', () =>
    survive('kernel', 'a large loss from a learning rate of 1000', ways.length, async i => {
      const { device, isStock } = itemAt(ways, i);
      await useDevice(device);
      const [x, y] = [samples(), classes()];
      const model = build(isStock, tf.train.adam(1000));
      const output = await captureOutput(async () => {
        const { history } = await model.fit(x, y, { ...common, verbose: 2 });
        equal(history.loss?.length, 3, 'the history stays');
      });
      match(
        output,
        /Training has learnt nothing: its loss, \S+, is far above that of guessing, ln 4 = 1\.39, and its weights .*again \(stage 5\)\. Most likely the learning rate, 1000, is too large/,
      );
    }));

  it('is blamed on the first weights if its first step is as bad', async () => {
    const model = build(false, tf.train.sgd(1000));
    model.setWeights(model.getWeights().map(weights => weights.mul(10)));
    const output = await captureOutput(() =>
      model.fit(samples(), classes(), { ...common, verbose: 2 }),
    );
    ok(output.includes(cause.firstWeights), output);
  });

  it('keeps the epochs before', async () => {
    for (const isStock of [false, true]) {
      const model = build(isStock, tf.train.sgd(0.01), 'meanSquaredError');
      const metrics = [tf.metrics.meanAbsoluteError];
      model.compile({ optimizer: model.optimizer, loss: 'meanSquaredError', metrics });
      const onEpochEnd = async (epoch: number) => {
        if (epoch === 1) (model.optimizer as tf.SGDOptimizer).setLearningRate(1e30);
      };
      const options = { ...common, epochs: 9, callbacks: { onEpochEnd } };
      const { message, history } = await fails(model.fit(samples(), numbers(), options));
      match(message, /^The loss became \S+ at epoch 3, /);
      deepEqual(history?.epoch, [0, 1]);
      ok(history?.history.loss?.every(loss => Number.isFinite(loss)));
      deepEqual(Object.keys(history?.history ?? {}), ['loss', 'mean_absolute_error']);
    }
  });

  itNative('is found in labels, in validation and in the weights', async () => {
    const [x, y, value] = [samples(), numbers(), Number.NaN];
    const model = build(false, tf.train.adam(), 'meanSquaredError');
    const bad = with40(y, value);
    const other = build(false, tf.train.adam(), 'meanSquaredError');
    await fails(other.fit(x, bad, common), cause.data('y', 40, value));
    const { evaluation, validation } = notFinite;
    await fails(
      (async () => model.evaluate(with40(x, value), y))(),
      evaluation(value),
      cause.data('x', 40, value),
    );
    const stateBefore = await stateOf(model);
    await fails(
      model.fit(x, y, { ...common, validationData: [x, bad] }),
      validation(value, 1),
      cause.data('validationData', 40, value),
    );
    ok((await stateOf(model)).flat().every(Number.isFinite));
    ok(String(await stateOf(model)) !== String(stateBefore), 'it has learnt');
    model.setWeights(model.getWeights().map(weight => tf.fill(weight.shape, value)));
    await fails(model.fit(x, y, common), cause.weights);
  });

  it('blames no learning rate for a negative one, or for enormous samples', () => {
    const optionsOf = (rate: number, most = 1) =>
      likelyCause({ x: tf.tensor1d([0, most]) }, tf.train.sgd(rate));
    equal(optionsOf(-0.01), cause.negativeRate(-0.01));
    match(optionsOf(0.001, 1e30), /The cause is in x, whose values lie between 0 and 1\S*e\+30/);
    equal(optionsOf(1000, 255), cause.rate(1000, 0.001) + cause.notScaled(0, 255));
  });

  it('is left to a callback that ends training because of it, as in Keras', async () => {
    const model = build(false, tf.train.adam(), 'meanSquaredError');
    const onBatchEnd = (_: number, logs: tf.Logs = {}) => {
      if (!Number.isFinite(Number(logs.loss))) model.stopTraining = true;
    };
    const bad = with40(numbers(), Number.NaN);
    const { history } = await model.fit(samples(), bad, { ...common, callbacks: { onBatchEnd } });
    deepEqual(history.loss, [Number.NaN]);
  });
});
