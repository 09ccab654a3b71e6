/** Right and wrong answers to the exercises of stage 9. */
import * as tf from '@tensorflow/tfjs';
import { confusion } from './confusion';
import { recognise } from './recognise';
import { call, mistake, right, type Tries } from './tries';

type Judge = (labels: number[], predictions: number[]) => unknown;
const judged = (judge: Judge) => call(judge);

const agreeing = (labels: number[], predictions: number[]) =>
  labels.filter((label, i) => label === predictions[i]).length;

export const stage9: Tries = {
  '9.1': {
    right: [
      right(
        'added up in a loop',
        judged((labels, predictions) => {
          let share = 0;
          for (let i = 0; i < labels.length; i++)
            if (labels[i] === predictions[i]) share += 1 / labels.length;
          return share;
        }),
      ),
      right(
        'by tensors, read back',
        judged(
          (labels, predictions) =>
            tf.tensor1d(labels).equal(tf.tensor1d(predictions)).toFloat().mean().dataSync()[0],
        ),
      ),
      right(
        'what is not wrong, later, the input used up',
        judged(async (labels, predictions) => {
          const all = labels.length;
          let wrong = 0;
          while (labels.length > 0) if (labels.pop() !== predictions.pop()) wrong++;
          return 1 - wrong / all;
        }),
      ),
    ],
    wrong: [
      mistake(
        'a tensor',
        /still a tensor/,
        judged((y, p) => tf.tensor1d(y).equal(tf.tensor1d(p)).toFloat().mean()),
      ),
      mistake(
        'rounded',
        /the accuracy|the result should be/,
        judged((y, p) => Math.round(agreeing(y, p) / y.length)),
      ),
    ],
  },
  '9.2': recognise,
  '9.3': confusion,
};
