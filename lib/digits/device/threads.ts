import { availableParallelism } from 'node:os';
import { messages } from '../language';

/** So many serve any machine; from about 30 000 on, the system has no more, and TensorFlow ends the process. */
export const MOST_THREADS = 1024;

/** The threads of the native engine, by what they compute. */
export interface Threads {
  /** All of them: `DIGITS_THREADS`, or one a core. */
  readonly all: number;
  /** Those that TensorFlow lets share a single operation: `TF_NUM_INTRAOP_THREADS`, or one. */
  readonly perOperation: number;
  /** The parts that a large product is divided into, each an operation of its own. */
  readonly parts: number;
}

/**
 * Shares out the processor: what each operation gets, times what runs at once, is no more than all.
 *
 * @param cores what there is to share where `DIGITS_THREADS` is not set.
 * @throws RangeError where `DIGITS_THREADS` is no whole number from 1 to 1024.
 */
export function planThreads(
  env: NodeJS.ProcessEnv = process.env,
  cores = availableParallelism(),
): Threads {
  const all = parseThreads(env.DIGITS_THREADS) ?? cores;
  // What is no number, or 0, means all of them to TensorFlow.
  const asked = Number(env.TF_NUM_INTRAOP_THREADS || 1) || all;
  const perOperation = Math.min(all, asked);
  return { all, perOperation, parts: Math.floor(all / perOperation) };
}

function parseThreads(value: string | undefined): number | undefined {
  if (value === undefined || value === '') return undefined;
  const count = Number(value);
  if (Number.isInteger(count) && count > 0 && count <= MOST_THREADS) return count;
  throw new RangeError(messages().device.noThreads(MOST_THREADS, value));
}
