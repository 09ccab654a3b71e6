import type * as tf from '@tensorflow/tfjs';
import type { Tensors } from 'tfjs-graph';
import { pythonShape } from '../format';
import { messages } from '../language';
import { reworded, ShapeError } from './errors';
import { checkLabels } from './labels';
import { checkSplit } from './options';
import { checkBatches, checkInput } from './samples';
import { checkTensors } from './tensors';

/** The options of `fit` on which the check of its data depends. */
interface FitDataOptions {
  readonly batchSize?: number | undefined;
  readonly validationData?: readonly [Tensors, Tensors] | undefined;
  readonly validationSplit?: number | undefined;
  readonly sampleWeight?: tf.Tensor | undefined;
}

/**
 * Checks all data that `fit` is given.
 *
 * @throws TensorError, ShapeError, LabelError or OptionError; the message of one about the data for
 * validation begins with `validationData: `.
 */
export function checkFitData(
  model: tf.LayersModel,
  x: Tensors,
  y: Tensors,
  { batchSize = 32, validationData, validationSplit = 0, sampleWeight }: FitDataOptions,
): void {
  checkPair(model, x, y);
  const [samples = 0] = [x].flat()[0]?.shape ?? [];
  if (sampleWeight) checkSampleWeight(sampleWeight, samples);
  if (!validationData) checkSplit(samples, validationSplit);
  else checkValidationData(model, validationData);
  const training = validationData ? samples : Math.floor(samples * (1 - validationSplit));
  const [validation = samples - training] = [validationData?.[0] ?? []].flat()[0]?.shape ?? [];
  checkBatches(model, batchSize, training, validation);
}

/**
 * Checks samples and their labels.
 *
 * @throws TensorError, ShapeError or LabelError.
 */
export function checkPair(model: tf.LayersModel, x: Tensors, y: Tensors): void {
  try {
    checkInput(model, x);
  } catch (error) {
    if (!(error instanceof ShapeError) || !takes(model, y)) throw error;
    throw new ShapeError(messages().input.exchanged);
  }
  checkLabels(model, x, y);
}

function takes(model: tf.LayersModel, x: Tensors): boolean {
  try {
    checkInput(model, x);
    return true;
  } catch {
    return false;
  }
}

function checkSampleWeight(weights: tf.Tensor, samples: number): void {
  checkTensors('sampleWeight', weights, 1);
  if (weights.rank === 1 && weights.shape[0] === samples) return;
  const { sampleWeight } = messages().input;
  throw new ShapeError(sampleWeight(pythonShape([samples]), pythonShape(weights.shape)));
}

function checkValidationData(model: tf.LayersModel, [x, y]: readonly [Tensors, Tensors]): void {
  try {
    checkPair(model, x, y);
  } catch (error) {
    throw error instanceof Error ? reworded(error, `validationData: ${error.message}`) : error;
  }
}
