/** Models that nothing can record: their optimizers' own steps, against tfjs-layers. */
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { describeNative } from '../../native';
import { adam, assertTrainsAlike, type Case, data, twins } from './against-stock';

const optimizers: Record<string, () => tf.Optimizer> = {
  sgd: () => tf.train.sgd(0.1),
  momentum: () => tf.train.momentum(0.1, 0.9),
  // Epsilons that count: none may be mistaken for Adam's, which stands elsewhere in Keras.
  rmsprop: () => tf.train.rmsprop(0.01, 0.9, 0, 1e-3),
  adagrad: () => tf.train.adagrad(0.05),
  adadelta: () => tf.train.adadelta(0.1, 0.95, 1e-3),
  adamax: () => tf.train.adamax(0.01, 0.9, 0.999, 1e-3),
  adam,
};

/** It reads a value back, as no graph can. */
function readingLoss(target: tf.Tensor, output: tf.Tensor): tf.Tensor {
  const error = target.sub(output).square().mean();
  return (error.dataSync()[0] ?? 0) > 1 ? error : error.mul(2);
}

describeNative('training by tfjs-layers’ own steps', () => {
  before(async () => {
    await useDevice('cpu');
  });

  for (const [name, optimizer] of Object.entries(optimizers)) {
    it(`gives what tfjs-layers gives: ${name}`, async () => {
      const example: Case = {
        layers: () => [
          tf.layers.dense({ units: 5, activation: 'tanh', inputShape: [6] }),
          tf.layers.dense({ units: 1 }),
        ],
        optimizer,
        compile: { loss: readingLoss, metrics: ['mae'] },
        classes: 0,
      };
      const said = /own steps.*reads a tensor back/;
      await assertTrainsAlike(twins(example), data(example), {}, { said });
    });
  }
});
