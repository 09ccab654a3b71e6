/** For `filter`: TypeScript 5.0 does not see by itself that it leaves out what is undefined. */
export const isPresent = <T>(value: T | undefined): value is T => value !== undefined;

/** Returns an item of a list, or throws if the list has none there. */
export function at<T>(items: ArrayLike<T>, index: number): T {
  const item = items[index];
  if (item !== undefined) return item;
  throw new RangeError(`Expected an item ${index} in a list of ${items.length}`);
}
