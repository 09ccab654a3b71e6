/** Returns an item of a list, or throws if the list has none there. */
export function at<T>(items: ArrayLike<T>, index: number): T {
  const item = items[index];
  if (item !== undefined) return item;
  throw new RangeError(`Expected an item ${index} in a list of ${items.length}`);
}
