/** Checks samples, labels and arguments, with error messages for learners. */
import * as tf from '@tensorflow/tfjs';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { LearnerError } from './errors';
import { findInvalidClass, invalidClassMessage } from './given';
import { lossOf, type Tensors } from './model';

/** The arguments of `model.fit` that depend on the data. */
export type DataArgs = Pick<
  tf.ModelFitArgs,
  'batchSize' | 'epochs' | 'validationData' | 'validationSplit'
>;

/** Rejects arguments of `model.fit` that TensorFlow.js would ignore or round. */
export function checkArgs(
  x: Tensors,
  { epochs = 1, validationData, validationSplit = 0 }: DataArgs,
): void {
  const { wholeNumber, validationSplit: noShare, noneToTrain } = messages().input;
  if (!(Number.isInteger(epochs) && epochs > 0)) {
    throw new LearnerError('OptionError', wholeNumber('epochs', asCode(epochs), 5));
  }
  if (!(validationSplit >= 0 && validationSplit < 1)) {
    throw new LearnerError('OptionError', noShare(asCode(validationSplit)));
  }
  const samples = countSamples(x);
  if (!validationData && samples && Math.floor(samples * (1 - validationSplit)) === 0) {
    throw new LearnerError('OptionError', noneToTrain(validationSplit, samples));
  }
}

/** Returns the number of samples, or 0 if `x` is not a tensor. TensorFlow.js would also train on an empty tensor. */
export function countSamples(x: unknown): number {
  const samples = tensorsIn(x)[0]?.shape[0];
  if (samples === 0) throw new LearnerError('ShapeError', messages().input.noSamples);
  return samples ?? 0;
}

/** Returns the tensors of a model's samples or labels; empty for other values. */
export const tensorsIn = (container: unknown): readonly tf.Tensor[] =>
  tf.tensor_util.getTensorsInContainer(container as tf.TensorContainer);

/**
 * Checks that each label of a sparse loss is one of the model's classes. TensorFlow.js computes a wrong loss
 * for other labels. It detects label tensors of a wrong size by itself.
 */
export function checkClasses(model: tf.LayersModel, x: Tensors, y: Tensors): void {
  const samples = countSamples(x);
  tensorsIn(y).forEach((labels, i) => {
    if (lossOf(model, i) !== 'sparseCategoricalCrossentropy' || labels.size !== samples) return;
    const classes = model.outputs[i]?.shape.at(-1) ?? 0;
    const values = labels.dataSync();
    const index = findInvalidClass(values, classes);
    if (index < 0) return;
    const label = itemAt(values, index);
    const { oneMoreClass, classCures } = messages().input;
    const isBeyond = Number.isInteger(label) && label >= classes;
    const cure = isBeyond ? oneMoreClass(label + 1) : classCures.labels;
    throw new LearnerError(
      'LabelError',
      invalidClassMessage('labels', classes, index, label) + cure,
    );
  });
}

/** Formats a value as code, even if it is not a number. */
const asCode = (value: unknown): string =>
  typeof value === 'number' ? String(value) : JSON.stringify(value);
