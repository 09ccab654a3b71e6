import * as tf from '@tensorflow/tfjs';
import { constant, div, equal, select, sub } from '../expression';
import { exp, log } from '../functions';
import { type Builder, type Combination, sizeOf, type Tensor } from '../ir';
import type { Kernel, KernelCall } from './kernel';

const axesOf = ({ x, attrs }: KernelCall): number[] =>
  tf.util.parseAxisParam((attrs.axis ?? attrs.reductionIndices) as number[], [...x.shape]);

const reduction =
  (by: Combination): Kernel =>
  call =>
    call.builder.reduce(call.x, axesOf(call), by, call.attrs.keepDims === true);

/** Returns the smallest number, along some axes, of the elements equal to `value`. */
export function firstWith(
  builder: Builder,
  x: Tensor,
  value: Tensor,
  numbers: Tensor,
  axes: readonly number[],
  keeps = true,
): Tensor {
  const numbered = builder.map(
    [x, value, numbers],
    (element, target, number) => select(equal(element, target), number, constant(Infinity)),
    'int32',
  );
  return builder.reduce(numbered, axes, 'min', keeps);
}

/** Creates a kernel that returns the index of the first maximum or minimum. */
const indexOf =
  (by: 'max' | 'min'): Kernel =>
  call => {
    const { x, builder } = call;
    const axes = axesOf(call);
    const [axis = 0] = axes;
    const shape = x.shape.map((length, i) => (i === axis ? length : 1));
    const best = builder.reduce(x, axes, by);
    return firstWith(builder, x, best, builder.count(shape), axes, false);
  };

/** Returns logits shifted to avoid overflow, the exponentials, and the sums of exponentials. */
function softmax({ builder, x: logits, attrs }: KernelCall) {
  const axes = tf.util.parseAxisParam((attrs.dim as number | undefined) ?? -1, [...logits.shape]);
  const shifted = builder.map([logits, builder.reduce(logits, axes, 'max')], sub);
  const powers = builder.map([shifted], exp);
  return { shifted, powers, sum: builder.reduce(powers, axes, 'add') };
}

export const reductions: Readonly<Record<string, Kernel>> = {
  All: reduction('min'),
  Any: reduction('max'),
  ArgMax: indexOf('max'),
  ArgMin: indexOf('min'),
  LogSoftmax(call) {
    const { shifted, sum } = softmax(call);
    return call.builder.map([shifted, sum], (x, s) => sub(x, log(s)));
  },
  Max: reduction('max'),
  Mean(call) {
    const { x, builder, attrs } = call;
    const axes = axesOf(call);
    const sum = builder.reduce(x, axes, 'add', attrs.keepDims === true);
    return builder.map([sum], total => div(total, sizeOf(x.shape) / sizeOf(sum.shape)), 'float32');
  },
  Min: reduction('min'),
  Prod: reduction('mul'),
  Softmax(call) {
    const { powers, sum } = softmax(call);
    return call.builder.map([powers, sum], div);
  },
  Sum: reduction('add'),
};
