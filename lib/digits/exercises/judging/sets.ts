/** Data sets for judging models: the digits and another set in the same format. Detects shared pictures. */
import * as tf from '@tensorflow/tfjs';
import {
  FileNotFoundError,
  type ImageSet,
  type Images,
  loadData,
  NdArray,
} from 'mnist-data-loader';
import { divide } from 'tfjs-graph';
import { fashionMissing } from '../../device/platform-messages';
import { itemAt } from '../../item-at';
import { messages } from '../../language';
import { type Data, someOf, type Training, trainingsOf } from '../../training/training-log';
import { failIf } from './exercise';

let cached: WeakRef<ImageSet> | undefined;

/** Loads MNIST, or returns the set of a recent call, because a check uses the set several times. */
async function loadOnce(): Promise<ImageSet> {
  const set = cached?.deref() ?? (await loadData());
  cached = new WeakRef(set);
  return set;
}

/** Loads `count` digits as `[count, 28, 28]` in [0, 1], and the labels. */
export async function loadDigits(
  half: 'train' | 'test',
  count: number,
  start = 0,
): Promise<[x: tf.Tensor3D, labels: Uint8Array]> {
  const [train, test] = await loadOnce();
  const [images, labels] = half === 'train' ? train : test;
  return [divide(images.slice(start, count), 255), labels.slice(start, count).data];
}

/** Index of the first validation picture with `validationSplit: 0.2`. */
const VALIDATION_START = 48_000;

/** Measures the accuracy on the first validation pictures of `validationSplit: 0.2`. */
export const validationAccuracy = async (model: tf.LayersModel, count = 2000): Promise<number> =>
  accuracyOn(model, await loadDigits('train', count, VALIDATION_START));

/**
 * Measures the accuracy on all 12,000 validation pictures of `validationSplit: 0.2`.
 *
 * @throws WrongAnswer if the model was trained on the validation or test pictures.
 */
export async function fullValidationAccuracy(model: tf.LayersModel): Promise<number> {
  const [, [testImages]] = await loadOnce();
  const [x] = await loadDigits('train', 50, VALIDATION_START);
  const pictures = someOf(x);
  x.dispose();
  for (const training of trainingsOf(model)) {
    failIf(overlap(training.some, testImages) > 0.5, messages().exercises.seenTest);
    const parts = partsOf(training);
    const share = parts ? overlap(pictures, parts[0].x) : 0;
    tf.dispose(parts?.map(({ x, y }) => [x, y]));
    failIf(share > 0.5, messages().exercises.seenValidation);
  }
  return validationAccuracy(model, 12_000);
}

export const testAccuracy = async (model: tf.LayersModel): Promise<number> =>
  accuracyOn(model, await loadDigits('test', 10_000));

function accuracyOn(model: tf.LayersModel, [x, labels]: [tf.Tensor3D, Uint8Array]): number {
  const digits = tf.tidy(() => {
    const [input] = model.inputs as [tf.SymbolicTensor];
    const samples = x.reshape([-1, ...(input.shape.slice(1) as number[])]);
    return model.predict(samples).argMax(1).dataSync();
  });
  x.dispose();
  return digits.filter((digit, i) => digit === labels[i]).length / labels.length;
}

/** Slices the training and validation samples of a training. Undefined if the tensors were disposed of. */
export function partsOf({
  data,
  validation,
  validationSplit,
}: Training): [trained: Data, validated: Data] | undefined {
  const tensors = [data.x, data.y, validation?.x, validation?.y];
  if (tensors.some(tensor => tensor?.isDisposed)) return undefined;
  const [samples = 0] = data.x.shape;
  const count = Math.floor(samples * (1 - validationSplit));
  const part = ({ x, y }: Data, from: number, size = -1): Data => ({
    x: x.slice(from, size),
    y: y.slice(from, size),
  });
  return [part(data, 0, count), validation ? part(validation, 0) : part(data, count)];
}

const readFashion = (): Promise<ImageSet> => loadData({ name: 'fashion-mnist', download: false });

/**
 * Loads Fashion-MNIST. If the files are missing, loads MNIST with all pictures rotated by 90°.
 *
 * @returns 6,000 training and 1,000 test samples; `missing` explains how to get Fashion-MNIST.
 */
export async function otherSet(
  read = readFashion,
): Promise<{ name: string; set: ImageSet; missing?: string }> {
  try {
    return { name: 'Fashion-MNIST', set: part(await read()) };
  } catch (error) {
    if (!(error instanceof FileNotFoundError)) throw error;
    const [train, test] = part(await loadData());
    const set: ImageSet = [rotated(train), rotated(test)];
    return { name: messages().exercises.turned, set, missing: fashionMissing(error) };
  }
}

const part = ([train, test]: ImageSet): ImageSet => [first(train, 6000), first(test, 1000)];

export const first = ([images, labels]: ImageSet[0], count: number): ImageSet[0] => [
  images.slice(0, count),
  labels.slice(0, count),
];

function rotated([{ shape, data }, labels]: ImageSet[0]): ImageSet[0] {
  const pixels = data.map((_, i) => {
    const [row, column] = [Math.floor((i % 784) / 28), i % 28];
    return itemAt(data, i - (i % 784) + (27 - column) * 28 + row);
  });
  return [new NdArray('uint8', shape, pixels), labels];
}

/** Pictures per comparison, to limit memory: a tensor of all 60,000 takes 190 MB. */
const CHUNK = 2000;

/** Returns the share of pictures that also occur in another set, regardless of scale and noise. */
export function overlap(pictures: Float32Array, others: tf.Tensor | Images): number {
  const [count = 0, ...sizes] = others.shape;
  const size = tf.util.sizeFromShape(sizes);
  if (pictures.length === 0 || pictures.length % size > 0) return 0;
  return tf.tidy(() => {
    const targets = standardized(tf.tensor2d(pictures, [pictures.length / size, size]));
    let similarity: tf.Tensor = tf.fill([pictures.length / size], -1);
    for (let start = 0; start < count; start += CHUNK) {
      similarity = tf.tidy(() => {
        const length = Math.min(CHUNK, count - start);
        const rows =
          others instanceof tf.Tensor
            ? others.slice(start, length)
            : divide(others.slice(start, length), 255);
        const products = targets.matMul(standardized(rows.reshape([-1, size])), false, true);
        return similarity.maximum(products.max(1));
      });
    }
    return itemAt(similarity.greater(0.95).mean().dataSync(), 0);
  });
}

/**
 * Scales rows to mean 0 and length 1, so that products are correlations. Keeps only every fourth pixel, which is
 * enough to distinguish pictures.
 */
function standardized(samples: tf.Tensor): tf.Tensor {
  const rows = samples.stridedSlice([0, 0], samples.shape, [1, 4]).toFloat();
  const centred = rows.sub(rows.mean(1, true));
  return centred.div(centred.norm('euclidean', 1, true).add(1e-9));
}
