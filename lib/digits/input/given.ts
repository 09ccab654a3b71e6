/** Reads what a learner gives as it comes: the loader's arrays, tensors, typed arrays and lists. */
import * as tf from '@tensorflow/tfjs';
import { bytesOf } from 'tfjs-graph';
import { grouped } from '../format';
import { itemAt } from '../item-at';
import { messages } from '../language';

/** Numbers in row-major order with a shape, such as the loader's arrays. */
interface Shaped {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
  /** The number by which the data are still to be divided; defaults to 1. */
  readonly divisor?: number;
}

/** Lists of numbers, of lists of numbers, and so on, as `arraySync` gives them. */
export type Nested = number | readonly Nested[];

export type Given = Shaped | tf.Tensor | ArrayLike<number> | Nested;

const EXAMPLES = {
  pictures: 'testX.slice(0, 4)',
  labels: 'testY.slice(0, 4)',
  predictions: 'probabilities.argMax(1)',
  probabilities: 'model.predict(xTest)',
} as const;

type Name = keyof typeof EXAMPLES;
type Count = Name | 'samples';

export const DIGITS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** Beyond the ends of a range, what rounding or resizing adds. */
const TOLERANCE = 1e-3;

/** Grey pictures: a byte a pixel, 0 (black) to 255 (white). */
export type Pictures = ReturnType<typeof readPictures>;

/**
 * Reads grey pictures of shape `[pictures, height, width]` or `[pictures, height, width, 1]`. If all
 * values lie in [0, 1], 1 is white, as after `divide(testX, 255)`; otherwise 255 is white.
 */
export function readPictures(given: Given) {
  const { shape, data, divisor } = read(given, 'pictures');
  const [count = 0, height = 0, width = 0, channels = 1] = shape;
  if (shape.length < 3 || shape.length > 4 || channels !== 1) {
    const { noPictures, reshape, passPictures } = messages().input;
    const cure = shape.length === 2 && shape[1] === 784 ? reshape : passPictures;
    throw new RangeError(noPictures(inBrackets(shape)) + cure);
  }
  const isWhiteAt1 = divisor === undefined && largestPixel(data) <= 1 + TOLERANCE;
  const levels = isWhiteAt1 ? Uint8ClampedArray.from(data, value => 255 * value) : data;
  const length = height * width;
  return {
    count,
    size: [height, width] as const,
    /** The factor from the values given to the bytes: 255 if those lie in [0, 1]. */
    scale: isWhiteAt1 ? 255 : (divisor ?? 1),
    /** Returns the pixels of the i-th picture, row after row. */
    pixels: (i: number) =>
      Uint8Array.from({ length }, (_, at) => Math.round(levels[i * length + at] ?? 0)),
  };
}

/** Finds the largest value, or the first beyond 1, which is enough to know. */
function largestPixel(data: ArrayLike<number>): number {
  let largest = 0;
  const isChecked = !(data instanceof Uint8Array);
  for (let at = 0; at < data.length; at++) {
    const value = data[at] ?? Number.NaN;
    if (isChecked && !(value >= -TOLERANCE && value <= 255 + TOLERANCE)) {
      throw new RangeError(messages().input.noPixel(at, fourDigits(value)));
    }
    if (value > largest) largest = value;
    if (!isChecked && largest > 1) break;
  }
  return largest;
}

/** Reads labels or predictions, one number a sample, of shape `[samples]` or `[samples, 1]`. */
export function readClasses(
  given: Given,
  name: 'labels' | 'predictions',
  classes: number = DIGITS.length,
): ArrayLike<number> {
  const { shape, data } = divided(read(given, name));
  const { names, onePerSample, takeClasses, passClasses, classCures } = messages().input;
  if (shape.length !== 1 && !(shape.length === 2 && shape[1] === 1)) {
    const cure = shape.length === 2 ? takeClasses : passClasses;
    throw new RangeError(onePerSample(names[name], inBrackets(shape)) + cure);
  }
  const at = noClassAt(data, classes);
  if (at < 0) return data;
  throw new RangeError(wordNoClass(name, classes, at, itemAt(data, at)) + classCures[name]);
}

/** Finds the first value that is no class; -1 if there is none. 60,000 labels take 0.2 ms. */
export function noClassAt(values: ArrayLike<number>, classes: number): number {
  // By index: ten times as fast as `for (const label of values)`.
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? Number.NaN;
    if (!(value >= 0 && value < classes && Number.isInteger(value))) return at;
  }
  return -1;
}

/** Says which value is no class; how to cure it is left to the caller. */
export function wordNoClass(
  name: 'labels' | 'predictions',
  classes: number,
  at: number,
  value: number,
): string {
  const { names, noClass } = messages().input;
  const received = Number.isInteger(value) ? String(value) : fourDigits(value);
  return noClass(names[name], classes, at, received);
}

/** Checks that there is one of each for every sample, and at least one sample. */
export function checkCounts(
  counts: Partial<Record<Count, number>>,
  Kind: new (message: string) => Error = RangeError,
): void {
  const entries = Object.entries(counts) as [Count, number][];
  const first = entries[0]?.[1] ?? 0;
  if (first > 0 && entries.every(([, count]) => count === first)) return;
  const { counted, unequalCounts } = messages().input;
  throw new Kind(unequalCounts(entries.map(([name, count]) => counted[name](grouped(count)))));
}

/** A sample with its label and what the network takes it for. */
export interface Predicted {
  readonly i: number;
  readonly label: number;
  readonly prediction: number;
}

/** Reads pictures with a label and a prediction each. */
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

/** A sample as the network judges it. */
export interface Judged extends Predicted {
  readonly probabilities: readonly number[];
}

/** Returns the probability that the network gave to its prediction. */
export const certainty = ({ probabilities, prediction }: Judged): number =>
  itemAt(probabilities, prediction);

/**
 * Reads pictures with a label and a row of probabilities each, two or more in [0, 1]: of shape
 * `[samples, classes]`, or all in a row.
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

/**
 * Sorts predictions by the label of their sample: those for a 0 first, then those for a 1.
 *
 * @throws TypeError if something is missing or no numbers.
 * @throws RangeError unless there is one prediction for each label, all from 0 to 9.
 */
export function predictionsByLabel(labels: Given, predictions: Given): number[][] {
  const classes = readClasses(labels, 'labels');
  const all = Array.from(readClasses(predictions, 'predictions'));
  checkCounts({ labels: classes.length, predictions: all.length });
  return DIGITS.map(digit => all.filter((_, i) => classes[i] === digit));
}

/** Lists the digits that occur, each with the share of it that is misread, the hardest to read first. */
export const errorRates = (byLabel: readonly (readonly number[])[]) =>
  byLabel
    .map((predictions, digit) => ({
      digit,
      share: predictions.filter(prediction => prediction !== digit).length / predictions.length,
    }))
    .filter(({ share }) => !Number.isNaN(share))
    .sort((a, b) => b.share - a.share);

/** Below this accuracy, ten digits are guessed. */
export const GUESSED = 0.2;

/** A number, also as `model.evaluate` returns it; undefined where a list may have no such item. */
export type NumberLike = number | tf.Scalar | undefined;

/** Returns the number of a scalar tensor, such as `model.evaluate` returns, and anything else unchanged. */
export const unwrapScalar = (value: unknown): unknown =>
  value instanceof tf.Tensor && value.rank === 0 && !value.isDisposed ? value.dataSync()[0] : value;

/** @throws RangeError unless it is an accuracy, from 0 to 1. */
export function requireAccuracy(value: unknown): number {
  const given = unwrapScalar(value);
  if (typeof given === 'number' && given >= 0 && given <= 1) return given;
  const received = typeof given === 'number' ? String(given) : kindOf(given);
  throw new RangeError(messages().input.noAccuracy(received));
}

function readProbabilities(given: Given): Shaped {
  const rows = divided(read(given, 'probabilities'));
  const at = Array.prototype.findIndex.call(rows.data, p => !(p >= 0 && p <= 1 + TOLERANCE));
  if (at < 0) return rows;
  const { noProbability } = messages().input;
  throw new RangeError(noProbability(at, fourDigits(itemAt(rows.data, at))));
}

/** Finds the place of the largest value, the first of those that are equal. */
export const argMax = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((best, value, i, all) => (value > itemAt(all, best) ? i : best), 0);

/**
 * Reads shape and values. A tensor is read where it is and not disposed of; one that `divide` made
 * is read as the bytes that it was made of, with their divisor.
 */
function read(given: unknown, name: Name): Shaped {
  // Whichever copy of TensorFlow.js made it.
  if (given instanceof tf.Tensor) return readTensor(given, name);
  if (ArrayBuffer.isView(given)) return readList(given as Uint8Array, name);
  if (isShaped(given)) return { shape: given.shape, data: given.data };
  if (Array.isArray(given)) return readList(given, name);
  if (typeof given === 'number') throw refused(name, messages().input.single(given));
  throw refused(name, whatCame(given) ?? messages().input.otherKind(kindOf(given)));
}

/** Says what came in place of data that is not there, or not yet; undefined of anything else. */
export function whatCame(given: unknown): string | undefined {
  const { missing, pending } = messages().input;
  if (given === undefined || given === null) return missing(String(given));
  return typeof (given as PromiseLike<unknown>).then === 'function' ? pending : undefined;
}

const isShaped = (given: unknown): given is Shaped => {
  const { shape, data } = (given ?? {}) as Partial<Shaped>;
  return Array.isArray(shape) && typeof data?.length === 'number';
};

/** The types of tensors that hold plain numbers. */
export const numericTypes: tf.DataType[] = ['float32', 'int32', 'bool'];

function readTensor(tensor: tf.Tensor, name: Name): Shaped {
  const { shape, dtype, size } = tensor;
  if (tensor.isDisposed) throw refused(name, messages().input.disposed);
  if (!numericTypes.includes(dtype)) throw notNumbers(name, dtype);
  const bytes = bytesOf(tensor);
  return { shape, ...(bytes?.data.length === size ? bytes : { data: tensor.dataSync() }) };
}

function readList(list: ArrayLike<unknown>, name: Name): Shaped {
  const first = list[0];
  if (list.length === 0 || typeof first === 'number') {
    const other = Array.prototype.find.call(list, value => typeof value !== 'number');
    if (other !== undefined) throw notNumbers(name, kindOf(other));
    return { shape: [list.length], data: list as ArrayLike<number> };
  }
  if (typeof first !== 'object') throw notNumbers(name, kindOf(first));
  const rows = Array.from(list, row => divided(read(row, name)));
  const shapes = rows.map(({ shape }) => inBrackets(shape));
  const at = shapes.findIndex(shape => shape !== shapes[0]);
  if (at >= 0) {
    const { names, unequal } = messages().input;
    throw new RangeError(unequal(names[name], `${shapes[0]}`, at, `${shapes[at]}`));
  }
  return {
    shape: [rows.length, ...(rows[0]?.shape ?? [])],
    data: rows.flatMap(({ data }) => Array.from(data)),
  };
}

/** Divides what is still to be divided, so that it can stand among others. */
const divided = ({ shape, data, divisor = 1 }: Shaped): Shaped =>
  divisor === 1 ? { shape, data } : { shape, data: Float32Array.from(data, n => n / divisor) };

/** Names the kind of a value, as a learner would. */
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

/** Formats a number that an error names in four digits: what comes as float32 would have sixteen. */
const fourDigits = (value: number): string => String(Number(value.toPrecision(4)));
