/** Right and wrong answers to the exercises of stage 1. */
import * as tf from '@tensorflow/tfjs';
import { call, mistake, right, sum, type Tries } from './tries';

const six = [1, 2, 3, 4, 5, 6];

export const stage1: Tries = {
  '1.1': {
    right: [
      right('a flat array and its shape', () => tf.tensor(six, [2, 3])),
      right('a reshaped row, as int32', () => tf.tensor1d(six, 'int32').reshape([2, -1])),
      right('a range', () => tf.range(1, 7).reshape([2, 3])),
      right('two rows stacked', () => tf.stack([tf.tensor1d([1, 2, 3]), tf.tensor1d([4, 5, 6])])),
      right('in another order', () => tf.tensor2d([6, 5, 4, 3, 2, 1], [2, 3])),
      right('a variable', () => tf.variable(tf.tensor2d(six, [2, 3]))),
      right('a promise of it', async () => Promise.resolve(tf.tensor2d(six, [2, 3]))),
    ],
    wrong: [
      mistake('an array in place of a tensor', /a JavaScript value/, () => [
        [1, 2, 3],
        [4, 5, 6],
      ]),
      mistake('a buffer', /a JavaScript value/, () => tf.buffer([2, 3])),
      mistake('rows and columns exchanged', /three rows of two/, () => tf.tensor(six, [3, 2])),
      mistake('a single axis', /a single axis/, () => tf.tensor1d(six)),
      mistake('the shape as content', /It should be the shape/, () => tf.tensor([2, 3])),
      mistake('three axes', /should be \[2, 3\]; it is \[1, 2, 3\]/, () =>
        tf.tensor(six, [1, 2, 3]),
      ),
      mistake('a single number', /should be \[2, 3\]; it is \[\]/, () => tf.scalar(6)),
      mistake('counted from 0', /are 0 to 5/, () => tf.range(0, 6).reshape([2, 3])),
      mistake('all ones', /1 to 6, each of them once/, () => tf.ones([2, 3])),
      mistake('texts', /'1' is not a number/, () => tf.tensor(six.map(String), [2, 3])),
      mistake('freed', /has been freed/, () => {
        const grid = tf.tensor(six, [2, 3]);
        grid.dispose();
        return grid;
      }),
    ],
  },
  '1.2': {
    right: [
      right('arraySync', () => (values: number[]) => tf.tensor1d(values).mean().arraySync()),
      right(
        'awaited',
        () => async (values: number[]) => (await tf.tensor(values).mean().data())[0],
      ),
      right(
        'sum and division',
        () => (values: number[]) => tf.tidy(() => tf.sum(values).div(values.length).arraySync()),
      ),
      right(
        'the sum of tf, divided in JavaScript',
        () => (values: number[]) => Number(tf.tensor1d(values).sum().dataSync()) / values.length,
      ),
      right('moments', () => (values: number[]) => tf.moments(values).mean.arraySync()),
      right(
        'a function that empties its input',
        () => (values: number[]) => tf.mean(values.splice(0)).arraySync(),
      ),
    ],
    wrong: [
      mistake(
        'a tensor, not read back',
        /still a tensor/,
        call((values: number[]) => tf.tensor1d(values).mean()),
      ),
      mistake(
        'an array of one',
        /an array that holds one.*with \[0\]/,
        call((values: number[]) => tf.tensor1d(values).mean().dataSync()),
      ),
      mistake(
        'text',
        /is text, not a number/,
        call((values: number[]) => tf.mean(values).dataSync()[0]?.toFixed(2)),
      ),
      mistake(
        'without tf',
        /tf did not compute it/,
        call((values: number[]) => sum(values) / values.length),
      ),
      mistake('the example', /the result should be/, () => () => 5),
      mistake('an object', /This should be a number, but it is Object/, () => () => ({ mean: 5 })),
      mistake(
        'always the mean of three',
        /the result should be/,
        call((values: number[]) => tf.sum(values).div(3).arraySync()),
      ),
    ],
  },
};
