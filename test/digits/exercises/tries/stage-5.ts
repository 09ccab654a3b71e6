/** Right and wrong answers to the exercises of stage 5. */
import * as tf from '@tensorflow/tfjs';
import { call, mistake, relu, softmax, stack, sum, type Tries } from './tries';

export const stage5: Tries = {
  '5.1': {
    right: [],
    wrong: [
      mistake('a hidden layer without activation', /Hidden layer 2 has no activation/, () =>
        stack(relu(64), { units: 32 }, softmax(10)),
      ),
      mistake('no softmax', /lacks softmax/, () => stack(relu(64), relu(32), { units: 10 })),
      mistake('one hidden layer', /There is 1 hidden layer/, () => stack(relu(64), softmax(10))),
      mistake('no Flatten', /Without Flatten/, () => {
        const model = tf.sequential();
        model.add(tf.layers.dense({ units: 64, activation: 'relu', inputShape: [28, 28] }));
        model.add(tf.layers.dense({ units: 32, activation: 'relu' }));
        model.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
        return model;
      }),
    ],
  },
  '5.2': {
    right: [],
    wrong: [
      mistake(
        'the factors exchanged',
        /wrong order/,
        call((w1: tf.Tensor2D, b1: tf.Tensor1D, w2: tf.Tensor2D, b2: tf.Tensor1D) => [
          w2.matMul(w1),
          b1.add(b2),
        ]),
      ),
      mistake(
        'the biases added',
        /passes through w2 as well/,
        call((w1: tf.Tensor2D, b1: tf.Tensor1D, w2: tf.Tensor2D, b2: tf.Tensor1D) => [
          w1.matMul(w2),
          b1.add(b2),
        ]),
      ),
    ],
  },
  '5.3': {
    right: [],
    wrong: [
      mistake(
        'no powers',
        /only divided by their sum/,
        call((logits: number[]) => logits.map(z => z / sum(logits))),
      ),
      mistake(
        'powers that are too large',
        /becomes Infinity/,
        call((logits: number[]) => {
          const powers = logits.map(Math.exp);
          return powers.map(power => power / sum(powers));
        }),
      ),
    ],
  },
};
