/** Returns an item of a list, counted from the end if negative, or throws if the list has none there. */
export function at<T>(items: ArrayLike<T>, index: number): T {
  const item = items[index < 0 ? items.length + index : index];
  if (item !== undefined) return item;
  throw new RangeError(`Expected an item ${index} in a list of ${items.length}`);
}
