/**
 * Returns the item at a place that a program has worked out.
 *
 * @throws RangeError where there is none: the program is wrong.
 * @example
 * itemAt([3, 5], 1); // 5
 */
export function itemAt<T>(items: ArrayLike<T>, place: number): T {
  const item = items[place];
  if (item !== undefined) return item;
  throw new RangeError(`Expected a place from 0 to ${items.length - 1} but received ${place}`);
}
