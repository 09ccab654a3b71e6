import * as tf from '@tensorflow/tfjs';
import { constant, div, equal, select, sub } from '../expression';
import { exp, log } from '../functions';
import { type Builder, type Combination, sizeOf, type Tensor } from '../ir';
import type { Given, Kernel } from './kernel';

const axesOf = ({ x, attrs }: Given): number[] =>
  tf.util.parseAxisParam((attrs.axis ?? attrs.reductionIndices) as number[], [...x.shape]);

const reduction =
  (by: Combination): Kernel =>
  given =>
    given.builder.reduce(given.x, axesOf(given), by, given.attrs.keepDims === true);

/** Returns the least of the numbers of the places along some axes that have a value. */
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
    (one, other, number) => select(equal(one, other), number, constant(Infinity)),
    'int32',
  );
  return builder.reduce(numbered, axes, 'min', keeps);
}

/** The place of the first of the largest, or smallest, numbers. */
const place =
  (by: 'max' | 'min'): Kernel =>
  given => {
    const { x, builder } = given;
    const axes = axesOf(given);
    const [axis = 0] = axes;
    const shape = x.shape.map((length, i) => (i === axis ? length : 1));
    const best = builder.reduce(x, axes, by);
    return firstWith(builder, x, best, builder.count(shape), axes, false);
  };

/** The logarithms of the probabilities, shifted so that no exponential is too large, and these. */
function softmax({ builder, x: logits, attrs }: Given) {
  const axes = tf.util.parseAxisParam((attrs.dim as number | undefined) ?? -1, [...logits.shape]);
  const shifted = builder.map([logits, builder.reduce(logits, axes, 'max')], sub);
  const powers = builder.map([shifted], exp);
  return { shifted, powers, sum: builder.reduce(powers, axes, 'add') };
}

export const reductions: Readonly<Record<string, Kernel>> = {
  All: reduction('min'),
  Any: reduction('max'),
  ArgMax: place('max'),
  ArgMin: place('min'),
  LogSoftmax(given) {
    const { shifted, sum } = softmax(given);
    return given.builder.map([shifted, sum], (x, s) => sub(x, log(s)));
  },
  Max: reduction('max'),
  Mean(given) {
    const { x, builder, attrs } = given;
    const axes = axesOf(given);
    const sum = builder.reduce(x, axes, 'add', attrs.keepDims === true);
    return builder.map([sum], one => div(one, sizeOf(x.shape) / sizeOf(sum.shape)), 'float32');
  },
  Min: reduction('min'),
  Prod: reduction('mul'),
  Softmax(given) {
    const { powers, sum } = softmax(given);
    return given.builder.map([powers, sum], div);
  },
  Sum: reduction('add'),
};
