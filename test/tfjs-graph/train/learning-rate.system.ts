/** Rates of learning that callbacks change, in each optimizer, against tfjs-layers. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { Session } from '../../../lib/tfjs-graph/graph/session';
import { describeNative } from '../../native';
import { assertTrainsAlike, build, data, fitQuietly, mlp, twins } from './against-stock';
import { callsOf } from './calls';

/** By a rate of learning; smooth activations, so that no rounding decides over a gradient. */
const optimizers: Record<string, (rate: number) => tf.Optimizer> = {
  sgd: rate => tf.train.sgd(rate),
  momentum: rate => tf.train.momentum(rate, 0.9),
  rmsprop: rate => tf.train.rmsprop(rate / 10),
  adagrad: rate => tf.train.adagrad(rate),
  // Keras and TensorFlow.js add epsilon at different places; this one is too small to tell.
  adam: rate => tf.train.adam(rate / 10, 0.9, 0.999, 1e-12),
  'adamax, whose own steps are recorded': rate => tf.train.adamax(rate / 10),
  'adadelta, whose own steps are recorded': rate => tf.train.adadelta(10 * rate),
  'centred rmsprop, whose own steps are recorded': rate =>
    tf.train.rmsprop(rate / 100, 0.9, 0, 1e-12, true),
};

/** Gives the optimizer a new rate, made of that at hand; SGD's own steps follow only its method. */
function changeRate(model: tf.LayersModel, change: (rate: number) => number): void {
  const optimizer = model.optimizer as unknown as {
    learningRate: number;
    setLearningRate?(rate: number): void;
  };
  const rate = change(optimizer.learningRate);
  if (optimizer.setLearningRate) optimizer.setLearningRate(rate);
  else optimizer.learningRate = rate;
}

/** A callback that changes the rate, at an end of an epoch or of a step. */
const changing = (
  model: tf.LayersModel,
  moment: 'onBatchEnd' | 'onEpochEnd',
  change: (rate: number, at: number) => number,
) => ({ [moment]: (at: number) => changeRate(model, rate => change(rate, at)) });

describeNative('a rate of learning that callbacks change', () => {
  before(async () => {
    await useDevice('cpu');
  });

  for (const [name, make] of Object.entries(optimizers)) {
    const example = { layers: () => mlp('tanh'), optimizer: () => make(0.1) };
    it(`is followed within an epoch without another recording: ${name}`, async () => {
      const [x, y] = data(example);
      const models = twins(example);
      const change = (rate: number, batch: number) => rate * (batch % 2 === 0 ? 0.5 : 1.5);
      const loads = await callsOf(Session, 'load', () =>
        assertTrainsAlike(models, [x, y], model => ({
          callbacks: changing(model, 'onBatchEnd', change),
        })),
      );
      const unchanged = await callsOf(Session, 'load', async () => {
        const callbacks = { onBatchEnd() {} };
        for (let i = 0; i < 2; i++) await fitQuietly(build(example), x, y, { callbacks });
      });
      assert.equal(loads, unchanged, 'graphs loaded');
      assert.ok(unchanged > 0);
    });

    it(`may begin at 0: ${name}`, async () => {
      const warming = { ...example, optimizer: () => make(0) };
      const { learningRate } = make(0.1) as unknown as { learningRate: number };
      const rise = (rate: number) => rate + learningRate;
      await assertTrainsAlike(twins(warming), data(warming), model => ({
        callbacks: changing(model, 'onEpochEnd', rise),
      }));
    });
  }
});
