/** Divides samples into steps. */
import type { Call, Part, StepValues } from './trainer';

/**
 * Divides the samples of these rows into steps, and the steps into calls of at most `next()` steps each. The
 * remaining samples are a step, and a call, of their own.
 */
export function* callsOf(
  rows: Int32Array,
  batchSize: number,
  next: () => number,
): Generator<Call & { readonly isLast: boolean }, void> {
  for (let from = 0; from < rows.length; ) {
    const left = rows.length - from;
    const size = Math.min(batchSize, left);
    const steps = Math.min(Math.floor(left / size), next());
    const own = rows.subarray(from, from + steps * size);
    from += own.length;
    yield { steps, batchSize: size, rows: own, isLast: from === rows.length };
  }
}

/** Returns the rows from 0 to `count`. */
export const allRows = (count: number): Int32Array => new Int32Array(count).map((_, i) => i);

/**
 * Measures samples step by step.
 *
 * @param most the largest number of steps of a call.
 * @returns the means over all samples.
 */
export function meansOver(
  { count }: Pick<Part, 'count'>,
  batchSize: number,
  most: number,
  take: (call: Call) => readonly StepValues[],
): StepValues {
  let sums: StepValues = [];
  for (const call of callsOf(allRows(count), batchSize, () => most)) {
    for (const values of take(call)) {
      sums = values.map((value, i) => (sums[i] ?? 0) + value * call.batchSize);
    }
  }
  return sums.map(sum => sum / count);
}
