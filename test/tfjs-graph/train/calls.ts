import { mock } from 'node:test';

/** How often `work` calls a method. */
export async function callsOf<T extends object>(
  object: T,
  method: keyof T & string,
  work: () => Promise<unknown>,
): Promise<number> {
  const spy = mock.method(object as Record<string, () => void>, method);
  try {
    await work();
    return spy.mock.callCount();
  } finally {
    spy.mock.restore();
  }
}
