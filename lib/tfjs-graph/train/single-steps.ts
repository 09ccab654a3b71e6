/** Compiled steps on one batch, and on the samples of `evaluate`. */
import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import { compiledSteps, type StepRequest } from './compiled-steps';
import { allRows } from './steps';
import type { InnerModel, StepValues } from './trainer';

/** The numbers of steps from which on compiling gains, measured on models of all kinds, on two cores. */
export const least = {
  /** To record a step takes the time of two of tfjs-layers' own, and its first run is slow. */
  batches: 10,
  /** Measuring by compiled steps gains less than training. */
  measuring: 100,
};

/** Trains on one batch; undefined if tfjs-layers is to do so. */
export function trainBatch(model: InnerModel, data: readonly tf.Tensor[]): tf.Scalar[] | undefined {
  const training = withoutNulls(data);
  return training && run(model, { training, validation: [] }, true);
}

/** Measures one batch; undefined if tfjs-layers is to do so. */
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
  const request = { ...samples, batchSize, steps: 1, least: least.batches };
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

/** Measures samples, in batches; undefined if tfjs-layers is to do so. */
export function measureSamples(
  model: InnerModel,
  ins: readonly tf.Tensor[],
  batchSize: number,
): tf.Scalar[] | undefined {
  const validation = withoutNulls(ins);
  if (!validation) return undefined;
  const count = validation[0]?.shape[0] ?? 0;
  const steps = Math.ceil(count / batchSize);
  const request = { training: [], validation, batchSize, steps, least: least.measuring };
  const compiled = steps > 1 ? compiledSteps(model, request) : undefined;
  if (!compiled?.validation) return undefined;
  try {
    return scalars(compiled.trainer.validate(compiled.validation));
  } finally {
    compiled.release();
  }
}

/**
 * Leaves out the missing weights of samples behind inputs and targets; undefined if only some outputs have weights,
 * for which nothing is compiled.
 */
export function withoutNulls(data: readonly (tf.Tensor | null)[]): tf.Tensor[] | undefined {
  const tensors = data.filter(tensor => tensor != null);
  return data[tensors.length - 1] === tensors.at(-1) && tensors.length > 0 ? tensors : undefined;
}

const scalars = (values: StepValues): tf.Scalar[] => values.map(value => tf.scalar(value));
