import { availableParallelism } from 'node:os';
import { messages } from '../language';

/** So many serve any machine; from about 30 000 on, the system has no more, and TensorFlow ends the process. */
const MOST_THREADS = 1024;

/**
 * Returns the threads of the native engine: each computes an operation of its own, or one of as many parts
 * of a large product.
 *
 * @param cores as many serve where `DIGITS_THREADS` is not set.
 * @throws RangeError where `DIGITS_THREADS` is no whole number from 1 to 1024.
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
