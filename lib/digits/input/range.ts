import type * as tf from '@tensorflow/tfjs';
import { range as rangeOf } from 'tfjs-graph';
import { checkTensors } from './tensors';

/**
 * Finds the smallest and the largest value of a tensor.
 *
 * @param x any tensor of numbers.
 * @throws TensorError where it is none.
 * @example
 * range(tf.tensor1d([0.5, -1, 2])); // [-1, 2]
 */
export function range(x: tf.Tensor): [smallest: number, largest: number] {
  checkTensors('x', x, 1);
  return rangeOf(x);
}
