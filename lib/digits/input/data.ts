/** Checks samples and labels before a model takes them, and says for learners what is wrong. */
import * as tf from '@tensorflow/tfjs';
import { range as rangeOf } from 'tfjs-graph';
import { pythonShape } from '../format';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { LabelError, OptionError, ShapeError, TensorError } from './errors';
import { checkCounts, kindOf, noClassAt, numericTypes, whatCame, wordNoClass } from './given';
import { lossOf, type Tensors } from './model';

/** The options of `fit`, and of `evaluate`, that are checked with its data. */
export interface DataOptions {
  readonly batchSize?: number | undefined;
  readonly epochs?: number | undefined;
  readonly validationData?: readonly [Tensors, Tensors] | undefined;
  readonly validationSplit?: number | undefined;
}

/** Checks all data that `fit` or `evaluate` is given, and its numbers. */
export function checkData(
  model: tf.LayersModel,
  x: Tensors,
  y: Tensors,
  { batchSize = 32, epochs = 1, validationData, validationSplit = 0 }: DataOptions,
): void {
  checkCount('batchSize', batchSize, 64);
  checkCount('epochs', epochs, 5);
  const { validationSplit: noShare, noneToTrain } = messages().input;
  if (!(validationSplit >= 0 && validationSplit < 1)) {
    throw new OptionError(noShare(asCode(validationSplit)));
  }
  checkPair(model, x, y);
  const samples = countOf(x);
  if (validationData) checkPair(model, ...validationData);
  const training = validationData ? samples : Math.floor(samples * (1 - validationSplit));
  if (training === 0) throw new OptionError(noneToTrain(validationSplit, samples));
}

const countOf = (x: Tensors): number => [x].flat()[0]?.shape[0] ?? 0;

function checkPair(model: tf.LayersModel, x: Tensors, y: Tensors): void {
  const error = inputError(model, x);
  if (error instanceof ShapeError && !inputError(model, y))
    throw new ShapeError(messages().input.exchanged);
  if (error) throw error;
  checkLabels(model, x, y);
}

function inputError(model: tf.LayersModel, x: Tensors): unknown {
  try {
    checkInput(model, x);
  } catch (error) {
    return error;
  }
  return undefined;
}

/**
 * Checks that `x` is a batch of the samples that the model was built for, and has at least one. A single
 * sample without the batch axis, the commonest case, has a cure of its own.
 */
export function checkInput(model: tf.LayersModel, x: Tensors): void {
  checkTensors('x', x, model.inputs.length).forEach(({ shape }, i) => {
    const sample = model.inputs[i]?.shape.slice(1) ?? [];
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
  });
}

/** Tells whether a shape is the one of a pattern, in which null stands for any size. */
const fits = (shape: tf.Shape, pattern: tf.Shape): boolean =>
  shape.length === pattern.length && pattern.every((size, i) => size === null || size === shape[i]);

/**
 * Checks that there is one label a sample, of the shape that the loss takes, and, for the sparse
 * loss, that each is one of the classes of the compiled model.
 */
export function checkLabels(model: tf.LayersModel, x: Tensors, y: Tensors): void {
  checkTensors('y', y, model.outputs.length).forEach((target, i) => {
    checkCounts({ samples: countOf(x), labels: target.shape[0] ?? 0 }, ShapeError);
    // The model may have been built for another number of samples.
    const output = [null, ...(model.outputs[i]?.shape.slice(1) ?? [])];
    const loss = lossOf(model, i);
    const isSparse = loss === 'sparseCategoricalCrossentropy';
    checkLabelShape(target, isSparse ? [...output.slice(0, -1), 1] : output, loss);
    if (isSparse) checkClasses(target.dataSync(), output.at(-1) ?? 0);
  });
}

/** Checks the shape of labels; TensorFlow.js adds a last axis of one value if it is left out. */
function checkLabelShape(y: tf.Tensor, expected: tf.Shape, loss: unknown): void {
  const single = expected.at(-1) === 1 ? expected.slice(0, -1) : expected;
  if (fits(y.shape, expected) || fits(y.shape, single)) return;
  const { labelShape } = messages().input;
  const cure = shapeCure(y, expected, loss);
  throw new ShapeError(labelShape(pythonShape(single), pythonShape(y.shape), cure));
}

function shapeCure(y: tf.Tensor, expected: tf.Shape, loss: unknown): string {
  const { labelsOneHot, labelsSparse, labelsOther } = messages().input;
  const isSingle = y.rank === 1 || y.shape.at(-1) === 1;
  if (loss === 'sparseCategoricalCrossentropy' && y.rank === expected.length) return labelsOneHot;
  if (loss === 'categoricalCrossentropy' && isSingle) return labelsSparse(expected.at(-1));
  return labelsOther;
}

function checkClasses(labels: ArrayLike<number>, classes: number): void {
  const at = noClassAt(labels, classes);
  if (at < 0) return;
  const label = itemAt(labels, at);
  const { oneMoreClass, classCures } = messages().input;
  const isBeyond = Number.isInteger(label) && label >= classes;
  const cure = isBeyond ? oneMoreClass(label + 1) : classCures.labels;
  throw new LabelError(wordNoClass('labels', classes, at, label) + cure);
}

/** Checks that `x`, or `y`, are as many tensors of numbers as needed, and still exist. */
function checkTensors(name: string, given: Tensors, count: number): tf.Tensor[] {
  const { noTensors, otherThanTensor, otherCount, disposed, otherValues } = messages().input;
  const refused = (received: string) => new TensorError(noTensors(name, received));
  const tensors = [given].flat();
  if (!tensors.every(tensor => tensor instanceof tf.Tensor)) {
    throw refused(whatCame(given) ?? otherThanTensor(kindOf(given)));
  }
  if (tensors.length !== count) throw new TensorError(otherCount(name, tensors.length, count));
  for (const { isDisposed, dtype } of tensors) {
    if (isDisposed) throw refused(disposed);
    if (!numericTypes.includes(dtype)) throw refused(otherValues(dtype));
  }
  return tensors;
}

/** Checks an option that counts something. */
function checkCount(name: string, value: number, example: number): void {
  if (Number.isInteger(value) && value > 0) return;
  throw new OptionError(messages().input.wholeNumber(name, asCode(value), example));
}

/** Writes a value as code would: what is no number at all may be given, too. */
const asCode = (value: unknown): string =>
  typeof value === 'number' ? String(value) : JSON.stringify(value);

/**
 * Finds the smallest and the largest value of a tensor.
 *
 * @param x any tensor of numbers.
 * @throws TensorError if it is none.
 * @example
 * range(tf.tensor1d([0.5, -1, 2])); // [-1, 2]
 */
export function range(x: tf.Tensor): [smallest: number, largest: number] {
  checkTensors('x', x, 1);
  return rangeOf(x);
}
