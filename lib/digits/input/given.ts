/** Reads a learner's input in any format: the loader's arrays, tensors, typed arrays and lists. */
import * as tf from '@tensorflow/tfjs';
import { bytesOf } from 'tfjs-graph';
import { grouped } from '../format';
import { itemAt } from '../item-at';
import { messages } from '../language';

/** Numbers in row-major order with a shape, such as the loader's arrays. */
interface Shaped {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** Nested lists of numbers, as returned by `arraySync`. */
export type Nested = number | readonly Nested[];

export type Given = Shaped | tf.Tensor | ArrayLike<number> | Nested;

const EXAMPLES = {
  pictures: 'testImages.slice(0, 4)',
  labels: 'testLabels.slice(0, 4)',
  predictions: 'probabilities.argMax(1)',
  probabilities: 'model.predict(xTest)',
} as const;

type Name = keyof typeof EXAMPLES;
type Count = Name | 'samples';

export const DIGITS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** Tolerance at the ends of a range, for rounding and resizing. */
const TOLERANCE = 1e-3;

/** Grey pictures: a byte per pixel, 0 (black) to 255 (white). */
export type Pictures = ReturnType<typeof readPictures>;

/**
 * Reads grey pictures of shape `[pictures, height, width]` or `[pictures, height, width, 1]`. If all values lie
 * in [0, 1], 1 is white, as after `divide(testImages, 255)`; otherwise 255 is white.
 */
export function readPictures(given: Given) {
  const bytes = pendingBytes(given);
  const { shape, data } = readShaped(bytes ?? given, 'pictures');
  const [count = 0, height = 0, width = 0, channels = 1] = shape;
  if (shape.length < 3 || shape.length > 4 || channels !== 1) {
    const { noPictures, reshape, passPictures } = messages().input;
    const cure = shape.length === 2 && shape[1] === 784 ? reshape : passPictures;
    throw new RangeError(noPictures(inBrackets(shape)) + cure);
  }
  const isWhiteAt1 = !bytes && largestPixel(data) <= 1 + TOLERANCE;
  const levels = isWhiteAt1 ? Uint8ClampedArray.from(data, value => 255 * value) : data;
  const length = height * width;
  return {
    count,
    size: [height, width] as const,
    /** Factor from input values to bytes: 255 for inputs in [0, 1]. */
    scale: isWhiteAt1 ? 255 : (bytes?.divisor ?? 1),
    /** Returns the pixels of the i-th picture, row by row. */
    pixels: (i: number) =>
      Uint8Array.from({ length }, (_, pixel) => Math.round(levels[i * length + pixel] ?? 0)),
  };
}

/** Returns the largest value. For bytes, stops at the first value above 1, because the exact maximum is not needed. */
function largestPixel(data: ArrayLike<number>): number {
  let largest = 0;
  const isChecked = !(data instanceof Uint8Array);
  for (let index = 0; index < data.length; index++) {
    const value = data[index] ?? Number.NaN;
    if (isChecked && !(value >= -TOLERANCE && value <= 255 + TOLERANCE)) {
      throw new RangeError(messages().input.noPixel(index, fourDigits(value)));
    }
    if (value > largest) largest = value;
    if (!isChecked && largest > 1) break;
  }
  return largest;
}

/** Reads labels or predictions, one number per sample, of shape `[samples]` or `[samples, 1]`. */
export function readClasses(
  given: Given,
  name: 'labels' | 'predictions',
  classes: number = DIGITS.length,
): ArrayLike<number> {
  const { shape, data } = readShaped(given, name);
  const { names, onePerSample, takeClasses, passClasses, classCures } = messages().input;
  if (shape.length !== 1 && !(shape.length === 2 && shape[1] === 1)) {
    const cure = shape.length === 2 ? takeClasses : passClasses;
    throw new RangeError(onePerSample(names[name], inBrackets(shape)) + cure);
  }
  const index = findInvalidClass(data, classes);
  if (index < 0) return data;
  throw new RangeError(
    invalidClassMessage(name, classes, index, itemAt(data, index)) + classCures[name],
  );
}

/** Returns the index of the first value that is not a class, or -1. Takes 0.2 ms for 60,000 labels. */
export function findInvalidClass(values: ArrayLike<number>, classes: number): number {
  // An index loop is ten times as fast as `for (const label of values)`.
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (!(value >= 0 && value < classes && Number.isInteger(value))) return index;
  }
  return -1;
}

/** Returns the error message for an invalid class, without a hint, which the caller adds. */
export function invalidClassMessage(
  name: 'labels' | 'predictions',
  classes: number,
  index: number,
  value: number,
): string {
  const { names, noClass } = messages().input;
  const received = Number.isInteger(value) ? String(value) : fourDigits(value);
  return noClass(names[name], classes, index, received);
}

export function checkCounts(counts: Partial<Record<Count, number>>): void {
  const entries = Object.entries(counts) as [Count, number][];
  const first = entries[0]?.[1] ?? 0;
  if (first > 0 && entries.every(([, count]) => count === first)) return;
  const { counted, unequalCounts } = messages().input;
  throw new RangeError(
    unequalCounts(entries.map(([name, count]) => counted[name](grouped(count)))),
  );
}

/** A sample with its label and the network's prediction. */
export interface Predicted {
  readonly i: number;
  readonly label: number;
  readonly prediction: number;
}

export function readPredicted(given: { images: Given; labels: Given; predictions: Given }) {
  const pictures = readPictures(given.images);
  const labels = readClasses(given.labels, 'labels');
  const predictions = readClasses(given.predictions, 'predictions');
  const { count } = pictures;
  checkCounts({ pictures: count, labels: labels.length, predictions: predictions.length });
  const samples = Array.from(labels, (label, i): Predicted => {
    return { i, label, prediction: itemAt(predictions, i) };
  });
  return { pictures, samples };
}

/** A sample with the network's probabilities. */
export interface Judged extends Predicted {
  readonly probabilities: readonly number[];
}

/** Returns the probability of the prediction. */
export const certainty = ({ probabilities, prediction }: Judged): number =>
  itemAt(probabilities, prediction);

/**
 * Reads pictures, each with a label and at least two probabilities in [0, 1]: of shape `[samples, classes]`, or
 * as a flat list.
 */
export function readJudged(images: Given, givenLabels: Given, givenProbabilities: Given) {
  const pictures = readPictures(images);
  const { count } = pictures;
  const { shape, data } = readProbabilities(givenProbabilities);
  if (shape.length === 2) checkCounts({ pictures: count, probabilities: shape[0] ?? 0 });
  const classes = data.length / count;
  const { noRows } = messages().input;
  if (shape.length > 2 || !(Number.isInteger(classes) && classes > 1)) {
    throw new RangeError(noRows(grouped(count), inBrackets(shape)));
  }
  const labels = readClasses(givenLabels, 'labels', classes);
  checkCounts({ pictures: count, labels: labels.length });
  const samples = Array.from(labels, (label, i): Judged => {
    const probabilities = Array.from({ length: classes }, (_, j) => itemAt(data, i * classes + j));
    return { i, label, probabilities, prediction: argMax(probabilities) };
  });
  return { pictures, samples };
}

/** Groups predictions by the label of their sample, from 0 to 9. */
export function predictionsByLabel(labels: Given, predictions: Given): number[][] {
  const classes = readClasses(labels, 'labels');
  const classPredictions = Array.from(readClasses(predictions, 'predictions'));
  checkCounts({ labels: classes.length, predictions: classPredictions.length });
  return DIGITS.map(digit => classPredictions.filter((_, i) => classes[i] === digit));
}

/** Returns the error rate of each digit that occurs, highest first. */
export const errorRates = (byLabel: readonly (readonly number[])[]) =>
  byLabel
    .map((predictions, digit) => ({
      digit,
      share: predictions.filter(prediction => prediction !== digit).length / predictions.length,
    }))
    .filter(({ share }) => !Number.isNaN(share))
    .sort((a, b) => b.share - a.share);

/** Accuracy below which the network only guesses among ten digits. */
export const GUESSED = 0.2;

/** A number or scalar tensor, as returned by `model.evaluate`; possibly undefined as an item of a list. */
export type NumberLike = number | tf.Scalar | undefined;

/** Returns the number in a scalar tensor, such as a result of `model.evaluate`, and any other value unchanged. */
export const unwrapScalar = (value: unknown): unknown =>
  value instanceof tf.Tensor && value.rank === 0 && !value.isDisposed ? value.dataSync()[0] : value;

/** @throws RangeError unless the value is an accuracy from 0 to 1. */
export function requireAccuracy(value: unknown): number {
  const accuracy = unwrapScalar(value);
  if (typeof accuracy === 'number' && accuracy >= 0 && accuracy <= 1) return accuracy;
  const received = typeof accuracy === 'number' ? String(accuracy) : kindOf(accuracy);
  throw new RangeError(messages().input.noAccuracy(received));
}

function readProbabilities(given: Given): Shaped {
  const rows = readShaped(given, 'probabilities');
  const index = Array.prototype.findIndex.call(rows.data, p => !(p >= 0 && p <= 1 + TOLERANCE));
  if (index < 0) return rows;
  const { noProbability } = messages().input;
  throw new RangeError(noProbability(index, fourDigits(itemAt(rows.data, index))));
}

/** Returns the index of the largest value, the first of equal values. */
export const argMax = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((best, value, i, all) => (value > itemAt(all, best) ? i : best), 0);

/** Returns the original bytes and the divisor of a tensor made by `divide`. */
function pendingBytes(given: Given) {
  if (!(given instanceof tf.Tensor) || given.isDisposed) return undefined;
  const { shape, size } = given;
  const bytes = bytesOf(given);
  return bytes?.data.length === size ? { ...bytes, shape } : undefined;
}

/** Reads shape and values without disposing of tensors. */
function readShaped(given: unknown, name: Name): Shaped {
  // Also matches tensors from another copy of TensorFlow.js.
  if (given instanceof tf.Tensor) return readTensor(given, name);
  if (ArrayBuffer.isView(given)) return readList(given as Uint8Array, name);
  if (isShaped(given)) return given;
  if (Array.isArray(given)) return readList(given, name);
  if (typeof given === 'number') throw refused(name, messages().input.single(given));
  throw refused(name, describeMissing(given) ?? messages().input.otherKind(kindOf(given)));
}

/** Describes missing or pending data; undefined for any other value. */
export function describeMissing(given: unknown): string | undefined {
  const { missing, pending } = messages().input;
  if (given === undefined || given === null) return missing(String(given));
  return typeof (given as PromiseLike<unknown>).then === 'function' ? pending : undefined;
}

const isShaped = (given: unknown): given is Shaped => {
  const { shape, data } = (given ?? {}) as Partial<Shaped>;
  return Array.isArray(shape) && typeof data?.length === 'number';
};

const NUMERIC_TYPES: tf.DataType[] = ['float32', 'int32', 'bool'];

function readTensor(tensor: tf.Tensor, name: Name): Shaped {
  const { shape, dtype } = tensor;
  if (tensor.isDisposed) throw refused(name, messages().input.disposed);
  if (!NUMERIC_TYPES.includes(dtype)) throw notNumbers(name, dtype);
  return { shape, data: tensor.dataSync() };
}

function readList(list: ArrayLike<unknown>, name: Name): Shaped {
  const first = list[0];
  if (list.length === 0 || typeof first === 'number') {
    const other = Array.prototype.find.call(list, value => typeof value !== 'number');
    if (other !== undefined) throw notNumbers(name, kindOf(other));
    return { shape: [list.length], data: list as ArrayLike<number> };
  }
  if (typeof first !== 'object') throw notNumbers(name, kindOf(first));
  const rows = Array.from(list, row => readShaped(row, name));
  const shapes = rows.map(({ shape }) => inBrackets(shape));
  const index = shapes.findIndex(shape => shape !== shapes[0]);
  if (index >= 0) {
    const { names, unequal } = messages().input;
    throw new RangeError(unequal(names[name], `${shapes[0]}`, index, `${shapes[index]}`));
  }
  return {
    shape: [rows.length, ...(rows[0]?.shape ?? [])],
    data: rows.flatMap(({ data }) => Array.from(data)),
  };
}

/** Returns the kind of a value in a learner's terms. */
export function kindOf(given: unknown): string {
  if (typeof given !== 'object') return typeof given;
  return given === null ? 'null' : (Object.getPrototypeOf(given)?.constructor?.name ?? 'object');
}

const notNumbers = (name: Name, type: string) => refused(name, messages().input.otherValues(type));

function refused(name: Name, received: string): TypeError {
  const { names, refused } = messages().input;
  return new TypeError(refused(names[name], EXAMPLES[name], received));
}

const inBrackets = (shape: readonly number[]) => `[${shape.join(', ')}]`;

/** Formats a number of an error message with four digits; a float32 would have sixteen. */
const fourDigits = (value: number): string => String(Number(value.toPrecision(4)));
