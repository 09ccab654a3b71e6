import type * as tf from '@tensorflow/tfjs';
import type { Tensors } from 'tfjs-graph';
import { reworded } from '../device/engine-messages';
import { pythonShape } from '../format';
import { text } from '../language';
import { checkBatches, checkInput, ShapeError } from './inputs';
import { checkLabels } from './labels';
import { checkSplit } from './options';
import { checkTensors } from './tensors';

/** The options of `fit` on which the check of its data depends. */
export interface FitDataOptions {
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
  else named('validationData', () => checkPair(model, ...validationData));
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
    throw error instanceof ShapeError && takes(model, y) ? new ShapeError(text(EXCHANGED)) : error;
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

const EXCHANGED = {
  zh: 'x 和 y 的次序反了：先写图片，再写标签，例如 fit(model, xTrain, yTrain)。',
  en: 'x and y are exchanged: the samples come first, then their labels, as in fit(model, xTrain, yTrain).',
};

function checkSampleWeight(weights: tf.Tensor, samples: number): void {
  checkTensors('sampleWeight', weights, 1);
  if (weights.rank === 1 && weights.shape[0] === samples) return;
  const [wanted, received] = [pythonShape([samples]), pythonShape(weights.shape)];
  throw new ShapeError(
    text({
      zh: `sampleWeight 的形状应当是 ${wanted}，每个样本一个权重，收到的是 ${received}。请与 x 取同一段切片。`,
      en: `Expected sampleWeight to have shape ${wanted}, one weight per sample, but received ${received}. Take it from the same slice as x.`,
    }),
  );
}

/** Runs a check, and puts the name before the message of the error that it throws. */
function named(name: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    throw error instanceof Error ? reworded(error, `${name}: ${error.message}`) : error;
  }
}
