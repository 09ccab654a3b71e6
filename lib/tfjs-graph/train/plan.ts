/** Steps of one size that are handed over together. */
export interface Call {
  readonly steps: number;
  readonly batchSize: number;
}

/**
 * Divides samples into steps, and the steps into calls: of so many steps as `next` says when it comes
 * to the call, while there are so many, and one with the step of the samples left over.
 */
export function* callsOf(
  samples: number,
  batchSize: number,
  next: () => number,
): Generator<Call, void> {
  for (let left = Math.floor(samples / batchSize); left > 0; ) {
    const steps = Math.min(left, next());
    left -= steps;
    yield { steps, batchSize };
  }
  const rest = samples % batchSize;
  if (rest > 0) yield { steps: 1, batchSize: rest };
}

/**
 * All calls, of the same number of steps.
 *
 * @example
 * planCalls(48001, 64, 50).length; // 16
 */
export function planCalls(samples: number, batchSize: number, stepsPerCall: number): Call[] {
  return [...callsOf(samples, batchSize, () => stepsPerCall)];
}

/** Rows one after the other, int32. */
export const rowsFrom = (start: number, count: number): Int32Array =>
  new Int32Array(count).map((_, i) => start + i);
