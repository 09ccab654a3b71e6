/** For `filter`: TypeScript 5.0 does not see by itself that it leaves out what is undefined. */
export const isPresent = <T>(value: T | undefined): value is T => value !== undefined;
