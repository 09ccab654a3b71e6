/** Compiled steps for one batch, and for `evaluate`. */
import * as tf from '@tensorflow/tfjs';
import type { InnerModel } from './model';
import { stepsFor } from './step-cache';
import { allRows } from './steps';

/** Numbers of steps for which compiling is worthwhile, measured with many kinds of models on two cores. */
export const thresholds = {
  /** Recording takes as long as two stock steps, and the first run is slow. */
  batches: 10,
  /** Compiled evaluation saves less time than training. */
  measuring: 100,
};

/** Inputs, targets and sample weights, which may be missing. */
type Samples = readonly (tf.Tensor | null)[];

/** Trains or evaluates samples, in one batch by default. Returns loss and metrics; undefined to use stock steps. */
export function runCompiled(
  model: InnerModel,
  kind: 'training' | 'validation',
  data: Samples,
  batchSize?: number,
): tf.Scalar[] | undefined {
  const samples = withoutNulls(data);
  const count = samples?.[0]?.shape[0] ?? 0;
  if (!samples || count === 0) return undefined;
  const size = batchSize ?? count;
  const steps = Math.ceil(count / size);
  const isBatch = batchSize === undefined;
  if (steps === 1 && !isBatch) return undefined;
  const minSteps = isBatch ? thresholds.batches : thresholds.measuring;
  const empty = { training: [], validation: [] };
  const request = { ...empty, [kind]: samples, batchSize: size, steps, minSteps };
  const compiled = stepsFor(model, request);
  if (!compiled) return undefined;
  try {
    const [values = []] =
      kind === 'validation'
        ? [compiled.validate()]
        : compiled.train({ rows: allRows(count), steps, batchSize: size });
    return values.map(value => tf.scalar(value));
  } finally {
    compiled.pull();
    compiled.release(isBatch);
  }
}

/**
 * Removes missing sample weights after inputs and targets. Returns undefined if only some outputs have weights, which is
 * not supported.
 */
export function withoutNulls(data: Samples): tf.Tensor[] | undefined {
  const tensors = data.filter(tensor => tensor != null);
  return data[tensors.length - 1] === tensors.at(-1) && tensors.length > 0 ? tensors : undefined;
}
