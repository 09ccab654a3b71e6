import * as tf from '@tensorflow/tfjs';
import { range as rangeOf, type Tensors } from 'tfjs-graph';
import { messages } from '../language';
import { TensorError } from './errors';

/**
 * Checks that data are tensors of numbers that still exist.
 *
 * @param name what the caller calls them, such as `x` or `y`.
 * @param count how many of them the model takes.
 * @throws TensorError that says what was given, and the cure.
 */
export function checkTensors(name: string, given: Tensors, count: number): tf.Tensor[] {
  const { noTensor, otherCount, disposed, noNumbers } = messages().input;
  const tensors = [given].flat();
  if (!tensors.every(tensor => tensor instanceof tf.Tensor)) {
    throw new TensorError(noTensor(name, kindOf(given)));
  }
  if (tensors.length !== count) throw new TensorError(otherCount(name, tensors.length, count));
  for (const { isDisposed, dtype } of tensors) {
    if (isDisposed) throw new TensorError(disposed(name));
    if (!NUMERIC.includes(dtype)) throw new TensorError(noNumbers(name, dtype));
  }
  return tensors;
}

const NUMERIC: tf.DataType[] = ['float32', 'int32', 'bool'];

/** Names the kind of a value, for messages. */
export function kindOf(given: unknown): string {
  if (given === undefined || given === null) return String(given);
  return Array.isArray(given) ? 'Array' : (Object(given).constructor?.name ?? 'Object');
}

/**
 * Finds the smallest and the largest value of a tensor.
 *
 * @param x any tensor of numbers.
 * @throws TensorError if it is none.
 * @example
 * range(tf.tensor1d([0.5, -1, 2])); // [-1, 2]
 */
export function range(x: tf.Tensor): [smallest: number, largest: number] {
  checkTensors('x', x, 1);
  return rangeOf(x);
}
