/** For `filter`: TypeScript 5.0 does not see by itself that it leaves out what is undefined. */
export const isPresent = <T>(value: T | undefined): value is T => value !== undefined;

/** An item of a list, which has to have it. */
export function at<T>(items: ArrayLike<T>, index: number): T {
  const item = items[index];
  if (item !== undefined) return item;
  throw new RangeError(`Expected an item ${index} in a list of ${items.length}`);
}
