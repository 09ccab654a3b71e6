/**
 * Returns the item at a computed index.
 *
 * @throws RangeError if the index is out of range, which is a bug in the caller.
 * @example
 * itemAt([3, 5], 1); // 5
 */
export function itemAt<T>(items: ArrayLike<T>, index: number): T {
  const item = items[index];
  if (item !== undefined) return item;
  throw new RangeError(`Expected a place from 0 to ${items.length - 1} but received ${index}`);
}
