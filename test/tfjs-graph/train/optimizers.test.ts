/** Each optimizer with options, on both engines, compared with tfjs-layers' own steps. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { describeNative } from '../../native';
import { assertTrainsAlike, data, mlp, twins } from './against-stock';
import { loadsOf } from './trial';

/** Creates optimizers for a learning rate. */
const optimizers: Record<string, (rate: number) => tf.Optimizer> = {
  sgd: rate => tf.train.sgd(rate),
  momentum: rate => tf.train.momentum(rate, 0.9),
  'Nesterov’s momentum': rate => tf.train.momentum(rate, 0.9, true),
  rmsprop: rate => tf.train.rmsprop(rate / 10),
  'rmsprop with momentum': rate => tf.train.rmsprop(rate / 10, 0.8, 0.5, 1e-3),
  'centred rmsprop': rate => tf.train.rmsprop(rate / 100, 0.9, 0.5, 1e-12, true),
  adagrad: rate => tf.train.adagrad(rate, 0.2),
  adam: rate => tf.train.adam(rate / 10),
  'adam with other moments': rate => tf.train.adam(rate / 10, 0.6, 0.95, 1e-3),
  adamax: rate => tf.train.adamax(rate / 10, 0.8, 0.95, 1e-3, 0.1),
  adadelta: rate => tf.train.adadelta(10 * rate, 0.8, 1e-3),
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

/** Trains with each optimizer from a learning rate of 0, and counts the loaded recordings. */
function testOptimizers(): void {
  for (const [name, make] of Object.entries(optimizers)) {
    it(`follows a learning rate that callbacks change, in one recording of each size of batch: ${name}`, async () => {
      // Smooth activations, so that no rounding decides over a gradient.
      const example = { layers: () => mlp('tanh'), optimizer: () => make(0) };
      const { learningRate } = make(0.1) as unknown as { learningRate: number };
      // The last step of an epoch has a single sample.
      const follow = (model: tf.LayersModel) => ({
        batchSize: 13,
        epochs: 2,
        callbacks: changing(model, learningRate),
      });
      const train = () =>
        assertTrainsAlike(twins(example), data(example), follow, { twice: false });
      assert.equal(await loadsOf(train), 2);
    });
  }
}

describeNative('an optimizer on the native engine', () => {
  before(() => useDevice('cpu'));
  testOptimizers();
});

describe('an optimizer on WebAssembly', () => {
  before(() => tf.setBackend('cpu'));
  testOptimizers();
});
