let last: Promise<unknown> = Promise.resolve();

/** Runs tasks that use the store sequentially. */
export function inTurn<T>(task: () => Promise<T>): Promise<T> {
  const result = last.then(task);
  last = result.catch(() => {});
  return result;
}
