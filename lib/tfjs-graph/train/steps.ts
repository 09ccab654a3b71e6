import type { Call } from './model';

/**
 * Divides samples, given by row indices, into steps, and the steps into calls of at most `maxSteps()` steps. The
 * remaining samples are a separate step and call.
 */
export function* callsOf(
  rows: Int32Array,
  batchSize: number,
  maxSteps: () => number,
): Generator<Call & { readonly isLast: boolean }, void> {
  for (let start = 0; start < rows.length; ) {
    const remaining = rows.length - start;
    const size = Math.min(batchSize, remaining);
    const steps = Math.min(Math.floor(remaining / size), maxSteps());
    const callRows = rows.subarray(start, start + steps * size);
    start += callRows.length;
    yield { steps, batchSize: size, rows: callRows, isLast: start === rows.length };
  }
}

/** Returns the row indices from 0 to `count` (exclusive). */
export const allRows = (count: number): Int32Array => new Int32Array(count).map((_, i) => i);
