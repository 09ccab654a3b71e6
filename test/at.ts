/** Returns an item by its index; throws where there is none. */
export function at<T>(items: ArrayLike<T>, index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`Expected an item ${index} of ${items.length}`);
  return item;
}
