/** Steps of one size that are handed over together. */
export interface Call {
  readonly steps: number;
  readonly batchSize: number;
}

/**
 * Divides samples into steps, and the steps into calls: as many full calls as there are, one with
 * the steps that remain, and one with the step of the samples left over.
 *
 * @example
 * planCalls(48001, 64, 50).length; // 16
 */
export function planCalls(samples: number, batchSize: number, stepsPerCall: number): Call[] {
  const steps = Math.floor(samples / batchSize);
  const full = Math.floor(steps / stepsPerCall);
  return [
    ...Array.from({ length: full }, () => ({ steps: stepsPerCall, batchSize })),
    { steps: steps % stepsPerCall, batchSize },
    { steps: 1, batchSize: samples % batchSize },
  ].filter(call => call.steps * call.batchSize > 0);
}
