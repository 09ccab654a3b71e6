/** Steps of one size that are handed over together. */
export interface Call {
  readonly steps: number;
  readonly batchSize: number;
}

/**
 * Divides samples into steps, and the steps into calls: as many full calls as there are, then
 * single steps, the last with the samples left over.
 *
 * @example
 * planCalls(48001, 64, 5).length; // 151
 */
export function planCalls(samples: number, batchSize: number, stepsPerCall: number): Call[] {
  const steps = Math.floor(samples / batchSize);
  const full = Math.floor(steps / stepsPerCall);
  const rest = samples % batchSize;
  return [
    ...Array.from({ length: full }, () => ({ steps: stepsPerCall, batchSize })),
    ...Array.from({ length: steps % stepsPerCall }, () => ({ steps: 1, batchSize })),
    ...(rest > 0 ? [{ steps: 1, batchSize: rest }] : []),
  ];
}

/** A call's name, by which its graph is found. */
export const callKey = ({ steps, batchSize }: Call): string => `${steps}×${batchSize}`;
