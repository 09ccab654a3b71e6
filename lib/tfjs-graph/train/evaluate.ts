import type * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import { NotFiniteError } from '../errors';
import { trainingData } from './data';
import { diagnose, firstNotFinite, type Suspects } from './diagnose';
import { OptimizerState } from './optimizer-state';
import { recordingTrainer } from './recording-trainer';
import { holdStates } from './states';
import { validateStock } from './stock-trainer';
import {
  innerModel,
  requireCompiled,
  type StepValues,
  type Tensors,
  type TrainerInput,
} from './trainer';

/** Fewer steps are taken one by one before a graph of them is ready. */
const MIN_STEPS = 32;

/** Options of {@link evaluate}. */
export interface EvaluateOptions {
  /** Samples a step; defaults to 32. */
  readonly batchSize?: number | undefined;
  /** The parts of a large product that are computed side by side; defaults to one a core. */
  readonly parts?: number | undefined;
}

/**
 * Measures a compiled model.
 *
 * @param x samples, `[samples, ...sample]`, float32.
 * @param y labels, `[samples]` for sparse losses, int32 or float32.
 * @returns the loss, then each metric, as means over all samples.
 * @throws NotFiniteError if the loss is no number, with the likeliest cause.
 * @throws TrainingError if the model is not compiled.
 * @example
 * (await evaluate(model, xTest, yTest)).length; // 2
 */
export async function evaluate(
  model: tf.LayersModel,
  x: Tensors,
  y: Tensors,
  { batchSize = 32, parts }: EvaluateOptions = {},
): Promise<StepValues> {
  const inner = innerModel(model);
  requireCompiled(inner);
  const data = await trainingData(inner, x, y, { batchSize, validationSplit: 1 });
  const release = holdStates(inner.layers);
  try {
    const optimizer = new OptimizerState(inner.optimizer);
    const values = measure({ ...data, model: inner, optimizer, batchSize, live: false }, parts);
    requireFinite(at(values, 0), model, { x, y });
    return values;
  } finally {
    release();
    data.dispose();
  }
}

/**
 * Checks the loss that was measured of a model.
 *
 * @param data what it was measured on, where the cause may lie: tensors by the names that the message
 * gives them.
 * @throws NotFiniteError with the likeliest cause if it is no number.
 * @example
 * requireFinite(0.5, model, { x: xTest, y: yTest });
 * try {
 *   requireFinite(Number.NaN, model, { x: tf.tensor2d([[0, Number.NaN]]) });
 * } catch (error) {
 *   error.message; // 'The loss is NaN. Sample 0 of x contains NaN.'
 * }
 */
export function requireFinite(loss: number, model: tf.LayersModel, data: Suspects['data']): void {
  if (Number.isFinite(loss)) return;
  const weightsFinite = model.getWeights().every(weights => !firstNotFinite(weights));
  const { optimizer } = innerModel(model);
  const cause = diagnose({ data, weightsFinite, optimizer });
  throw new NotFiniteError({ code: 'evaluation', value: loss, cause });
}

/** Measures as the validation of a training without samples. */
function measure(input: TrainerInput, parts: number | undefined): StepValues {
  const { batchSize, training, validation = training } = input;
  const isLong = validation.count >= MIN_STEPS * batchSize;
  const trainer = isLong ? recordingTrainer(input, { parts }) : undefined;
  try {
    trainer?.push?.();
    return trainer?.validate(validation) ?? validateStock(input, validation);
  } finally {
    trainer?.dispose?.();
  }
}
