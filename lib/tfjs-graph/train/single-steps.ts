/** Compiled steps for one batch, and for `evaluate`. */
import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import { compiledSteps, type StepRequest } from './compiled-steps';
import { allRows } from './steps';
import type { InnerModel, StepValues } from './trainer';

/** Numbers of steps for which compiling is worthwhile, measured with many kinds of models on two cores. */
export const thresholds = {
  /** Recording takes as long as two stock steps, and the first run is slow. */
  batches: 10,
  /** Compiled evaluation saves less time than training. */
  measuring: 100,
};

/** Trains on one batch; undefined to use the stock step. */
export function trainBatch(model: InnerModel, data: readonly tf.Tensor[]): tf.Scalar[] | undefined {
  const training = withoutNulls(data);
  return training && run(model, { training, validation: [] }, true);
}

/** Evaluates one batch; undefined to use the stock step. */
export function measureBatch(
  model: InnerModel,
  data: readonly tf.Tensor[],
): tf.Scalar[] | undefined {
  const validation = withoutNulls(data);
  return validation && run(model, { training: [], validation }, false);
}

function run(
  model: InnerModel,
  samples: Pick<StepRequest, 'training' | 'validation'>,
  trains: boolean,
): tf.Scalar[] | undefined {
  const batchSize = at([...samples.training, ...samples.validation], 0).shape[0] ?? 0;
  const request = { ...samples, batchSize, steps: 1, minSteps: thresholds.batches };
  const steps = batchSize > 0 ? compiledSteps(model, request) : undefined;
  if (!steps) return undefined;
  const { trainer, validation } = steps;
  try {
    if (validation) return scalars(trainer.validate(validation));
    const [values] = trainer.train({ rows: allRows(batchSize), steps: 1, batchSize });
    return scalars(values ?? []);
  } finally {
    if (trains) trainer.pull();
    steps.release();
  }
}

/** Evaluates samples in batches; undefined to use stock steps. */
export function measureSamples(
  model: InnerModel,
  ins: readonly tf.Tensor[],
  batchSize: number,
): tf.Scalar[] | undefined {
  const validation = withoutNulls(ins);
  if (!validation) return undefined;
  const count = validation[0]?.shape[0] ?? 0;
  const steps = Math.ceil(count / batchSize);
  const minSteps = thresholds.measuring;
  const request = { training: [], validation, batchSize, steps, minSteps };
  const compiled = steps > 1 ? compiledSteps(model, request) : undefined;
  if (!compiled?.validation) return undefined;
  try {
    return scalars(compiled.trainer.validate(compiled.validation));
  } finally {
    compiled.release();
  }
}

/**
 * Removes missing sample weights after inputs and targets. Returns undefined if only some outputs have weights, which is
 * not supported.
 */
export function withoutNulls(data: readonly (tf.Tensor | null)[]): tf.Tensor[] | undefined {
  const tensors = data.filter(tensor => tensor != null);
  return data[tensors.length - 1] === tensors.at(-1) && tensors.length > 0 ? tensors : undefined;
}

const scalars = (values: StepValues): tf.Scalar[] => values.map(value => tf.scalar(value));
