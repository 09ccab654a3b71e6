import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import { NotFiniteError, NotRecordableError } from '../errors';
import { type NativeBackend, nativeBackend } from '../graph/backend';
import { asFloat, trainingData } from './data';
import { diagnose, firstNotFinite, type Suspects } from './diagnose';
import { OptimizerState } from './optimizer-state';
import { withLogitLoss } from './recorded/gradients';
import { RecordedTrainer } from './recorded/trainer';
import {
  type InnerModel,
  innerModel,
  requireCompiled,
  type StepValues,
  type Tensors,
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
  const backend = nativeBackend();
  const samples = at([x].flat(), 0).shape[0] ?? 0;
  const recorded =
    backend && samples >= MIN_STEPS * batchSize
      ? await measureRecorded(backend, inner, x, y, batchSize, parts)
      : undefined;
  const values = recorded ?? measureStock(model, x, y, batchSize, backend);
  requireFinite(at(values, 0), model, { x, y });
  return values;
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

/** Measures as the validation of a training without samples; undefined if a graph cannot do it. */
async function measureRecorded(
  backend: NativeBackend,
  model: InnerModel,
  x: Tensors,
  y: Tensors,
  batchSize: number,
  parts: number | undefined,
): Promise<StepValues | undefined> {
  const data = await trainingData(model, x, y, { batchSize, validationSplit: 1 });
  try {
    const optimizer = new OptimizerState(model.optimizer);
    const input = { ...data, model, optimizer, batchSize, live: false };
    const trainer = new RecordedTrainer(backend, input, parts);
    try {
      return trainer.validate();
    } finally {
      trainer.dispose();
    }
  } catch (error) {
    if (error instanceof NotRecordableError) return undefined;
    throw error;
  } finally {
    data.dispose();
  }
}

function measureStock(
  model: tf.LayersModel,
  x: Tensors,
  y: Tensors,
  batchSize: number,
  backend: NativeBackend | undefined,
): StepValues {
  const made: tf.Tensor[] = [];
  const labels = [y].flat().map(label => asFloat(label, made));
  try {
    const take = () => [model.evaluate(x, labels, { batchSize })].flat();
    const results = backend ? withLogitLoss(backend, innerModel(model), take) : take();
    made.push(...results);
    return results.map(result => at(result.dataSync(), 0));
  } finally {
    tf.dispose(made);
  }
}
