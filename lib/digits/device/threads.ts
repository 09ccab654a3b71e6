import { availableParallelism } from 'node:os';
import { messages } from '../language';

/** Enough for any machine. From about 30,000 threads, the system runs out and TensorFlow ends the process. */
const MOST_THREADS = 1024;

/**
 * Returns the number of inter-op threads of the native engine. Each thread computes a separate operation, or
 * one of as many shards of a large product.
 *
 * @param cores default if `DIGITS_THREADS` is not set.
 * @throws RangeError if `DIGITS_THREADS` is not an integer from 1 to 1024.
 */
export function planThreads(
  value = process.env.DIGITS_THREADS,
  cores = availableParallelism(),
): number {
  if (value === undefined || value === '') return cores;
  const count = Number(value);
  if (Number.isInteger(count) && count > 0 && count <= MOST_THREADS) return count;
  throw new RangeError(messages().device.noThreads(MOST_THREADS, value));
}
