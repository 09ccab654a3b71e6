/** Sums up measurements in a few numbers. */

import { itemAt } from 'digits/item-at';

/** Returns the middle value; of an even number of values, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('Expected at least one value but received none');
  const sorted = [...values].sort((a, b) => a - b);
  const [below, above] = [(sorted.length - 1) >> 1, sorted.length >> 1];
  return (itemAt(sorted, below) + itemAt(sorted, above)) / 2;
}

/** Returns the median of what a result has; undefined where there is no result, or nothing in it. */
export function medianOf<T>(
  result: T | undefined,
  of: (result: T) => number[],
): number | undefined {
  const values = result ? of(result) : [];
  return values.length > 0 ? median(values) : undefined;
}

/**
 * Fits the law `y = c · xᵏ` and returns its exponent `k`: the slope of the line of least squares
 * through the logarithms.
 *
 * @param points pairs of positive numbers, at two values of `x` or more.
 * @throws RangeError where there are fewer, or a number is not positive.
 * @example
 * fittedExponent([[1, 3], [2, 12], [4, 48]]); // 2
 */
export function fittedExponent(points: readonly (readonly [number, number])[]): number {
  const bad = points.flat().find(value => !(value > 0));
  if (bad !== undefined) throw new RangeError(`Expected positive numbers but received ${bad}`);
  if (new Set(points.map(([x]) => x)).size < 2) {
    throw new RangeError('Expected points at two values of x or more');
  }
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (axis: 0 | 1) => logs.reduce((sum, point) => sum + point[axis], 0) / logs.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const along = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return along / logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}
