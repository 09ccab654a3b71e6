/** Right and wrong answers to the exercises of stage 1. */
import * as tf from '@tensorflow/tfjs';
import { call, mistake, sum, type Tries } from './tries';

export const stage1: Tries = {
  '1.1': {
    right: [],
    wrong: [
      mistake('an array in place of a tensor', /a value of JavaScript's/, () => [
        [1, 2, 3],
        [4, 5, 6],
      ]),
      mistake('rows and columns exchanged', /three rows of two/, () =>
        tf.tensor([1, 2, 3, 4, 5, 6], [3, 2]),
      ),
      mistake('a single axis', /a single axis/, () => tf.tensor1d([1, 2, 3, 4, 5, 6])),
    ],
  },
  '1.2': {
    right: [],
    wrong: [
      mistake(
        'a tensor, not read back',
        /still a tensor/,
        () => (values: number[]) => tf.tensor1d(values).mean(),
      ),
      mistake(
        'the sum',
        /not yet divided/,
        call((values: number[]) => sum(values)),
      ),
    ],
  },
};
