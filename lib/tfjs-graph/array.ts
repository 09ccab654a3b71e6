/** Returns an item of a list, counted from the end if negative. Throws if the index is out of range. */
export function at<T>(items: ArrayLike<T>, index: number): T {
  const item = items[index < 0 ? items.length + index : index];
  if (item !== undefined) return item;
  throw new RangeError(`Expected an item ${index} in a list of ${items.length}`);
}
