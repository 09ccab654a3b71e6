/** Rates of learning that callbacks change, in each optimizer, against tfjs-layers. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { Session } from '../../../lib/tfjs-graph/graph/session';
import { describeNative } from '../../native';
import { assertTrainsAlike, data, mlp, twins } from './against-stock';
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

/** Sets the rate at the end of each step; SGD's own steps follow only its method. */
const changing = (model: tf.LayersModel, rate: number) => ({
  onBatchEnd(batch: number) {
    const optimizer = model.optimizer as unknown as {
      learningRate: number;
      setLearningRate?(rate: number): void;
    };
    const next = rate * (batch % 2 === 0 ? 0.5 : 1.5);
    if (optimizer.setLearningRate) optimizer.setLearningRate(next);
    else optimizer.learningRate = next;
  },
});

describeNative('a rate of learning that callbacks change', () => {
  before(() => useDevice('cpu'));

  for (const [name, make] of Object.entries(optimizers)) {
    it(`may begin at 0, and is followed at each step without another recording: ${name}`, async () => {
      const example = { layers: () => mlp('tanh'), optimizer: () => make(0) };
      const { learningRate } = make(0.1) as unknown as { learningRate: number };
      const models = twins(example);
      const [x, y] = data(example);
      const loads = await callsOf(Session, 'load', () =>
        assertTrainsAlike(models, [x, y], model => ({ callbacks: changing(model, learningRate) })),
      );
      // It trains twice.
      assert.equal(loads, 2, 'graphs loaded');
    });
  }
});
