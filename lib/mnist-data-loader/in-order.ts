/** Waits as `Promise.all` does, but throws of several failures the first in order, so that runs agree. */
export async function inOrder<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
