/** Checks samples, labels and arguments, and says for learners what is wrong. */
import * as tf from '@tensorflow/tfjs';
import { pythonShape } from '../format';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { LabelError, OptionError, ShapeError, TensorError } from './errors';
import { kindOf, noClassAt, numericTypes, whatCame, wordNoClass } from './given';
import { lossOf, type Tensors } from './model';

/** Arguments of `model.fit` that are checked with its data. */
export interface DataArgs {
  readonly batchSize?: number | undefined;
  readonly epochs?: number | undefined;
  readonly validationData?: readonly unknown[] | undefined;
  readonly validationSplit?: number | undefined;
}

/** Refuses arguments of `model.fit` that TensorFlow.js would ignore or round. */
export function checkArgs(
  x: Tensors,
  { epochs = 1, validationData, validationSplit = 0 }: DataArgs,
): void {
  const { wholeNumber, validationSplit: noShare, noneToTrain } = messages().input;
  if (!(Number.isInteger(epochs) && epochs > 0)) {
    throw new OptionError(wholeNumber('epochs', asCode(epochs), 5));
  }
  if (!(validationSplit >= 0 && validationSplit < 1)) {
    throw new OptionError(noShare(asCode(validationSplit)));
  }
  const samples = countSamples(x);
  if (!validationData && samples && Math.floor(samples * (1 - validationSplit)) === 0) {
    throw new OptionError(noneToTrain(validationSplit, samples));
  }
}

/** Returns the number of samples, 0 if `x` is no tensor. TensorFlow.js also trains on an empty tensor. */
export function countSamples(x: unknown): number {
  const samples = tensorsIn(x)[0]?.shape[0];
  if (samples === 0) throw new ShapeError(messages().input.noSamples);
  return samples ?? 0;
}

/** Lists the tensors of a model's samples or labels, none of anything else. */
export const tensorsIn = (container: unknown): readonly tf.Tensor[] =>
  tf.tensor_util.getTensorsInContainer(container as tf.TensorContainer);

/**
 * Checks that each label of a sparse loss is one of the classes of the model. TensorFlow.js computes a wrong loss
 * from other labels. Of tensors of another size it finds by itself that they are no labels.
 */
export function checkClasses(model: tf.LayersModel, x: Tensors, y: Tensors): void {
  const samples = countSamples(x);
  tensorsIn(y).forEach((labels, i) => {
    if (lossOf(model, i) !== 'sparseCategoricalCrossentropy' || labels.size !== samples) return;
    const classes = model.outputs[i]?.shape.at(-1) ?? 0;
    const values = labels.dataSync();
    const at = noClassAt(values, classes);
    if (at < 0) return;
    const label = itemAt(values, at);
    const { oneMoreClass, classCures } = messages().input;
    const isBeyond = Number.isInteger(label) && label >= classes;
    const cure = isBeyond ? oneMoreClass(label + 1) : classCures.labels;
    throw new LabelError(wordNoClass('labels', classes, at, label) + cure);
  });
}

/**
 * Checks that `x` is a batch of the samples that the model was built for, and has at least one. A single
 * sample without the batch axis, the commonest case, has a cure of its own.
 */
export function checkInput(model: tf.LayersModel, x: tf.Tensor): void {
  checkTensor(x);
  const { shape } = x;
  const sample = model.inputs[0]?.shape.slice(1) ?? [];
  const batch = [null, ...sample];
  if (!fits(shape, batch)) {
    const { singleSample, otherSamples } = messages().input;
    const [expected, received] = [pythonShape(batch), pythonShape(shape)];
    throw new ShapeError(
      fits(shape, sample)
        ? singleSample(expected, received, `[${[1, ...shape].join(', ')}]`)
        : otherSamples(expected, received, pythonShape(sample)),
    );
  }
  if (shape[0] === 0) throw new ShapeError(messages().input.noSamples);
}

/** Tells whether a shape is the one of a pattern, in which null stands for any size. */
const fits = (shape: tf.Shape, pattern: tf.Shape): boolean =>
  shape.length === pattern.length && pattern.every((size, i) => size === null || size === shape[i]);

/** Checks that `x` is a tensor of numbers, and still exists. */
function checkTensor(x: unknown): void {
  const { noTensors, otherThanTensor, disposed, otherValues } = messages().input;
  const refused = (received: string) => new TensorError(noTensors('x', received));
  if (!(x instanceof tf.Tensor)) throw refused(whatCame(x) ?? otherThanTensor(kindOf(x)));
  if (x.isDisposed) throw refused(disposed);
  if (!numericTypes.includes(x.dtype)) throw refused(otherValues(x.dtype));
}

/** Writes a value as code would: what is no number at all may be given, too. */
const asCode = (value: unknown): string =>
  typeof value === 'number' ? String(value) : JSON.stringify(value);
