/** Sets to try answers on: the test digits, and another set of the same format; which pictures are in a set. */
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

/** Loads `count` digits of a half of the set, `[count, 28, 28]` in [0, 1], and their labels. */
export async function loadDigits(
  half: 'train' | 'test',
  count: number,
  start = 0,
): Promise<[x: tf.Tensor3D, labels: Uint8Array]> {
  const [train, test] = await loadData();
  const [images, labels] = half === 'train' ? train : test;
  return [divide(images.slice(start, count), 255), labels.slice(start, count).data];
}

/** Index of the first training picture that `validationSplit: 0.2` keeps. */
const VALIDATION_START = 48_000;

/** Measures the accuracy on training pictures that `validationSplit: 0.2` keeps. */
export const validationAccuracy = async (model: tf.LayersModel, count = 2000): Promise<number> =>
  accuracyOn(model, await loadDigits('train', count, VALIDATION_START));

/**
 * Measures the accuracy on all 12,000 pictures that `validationSplit: 0.2` keeps.
 *
 * @throws WrongAnswer if the model was trained on them, or on the test pictures.
 */
export async function fullValidationAccuracy(model: tf.LayersModel): Promise<number> {
  const [, [testImages]] = await loadData();
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

/** Slices the samples of a training and those of its validation; nothing if their owner disposed of them. */
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
 * Loads Fashion-MNIST where its files are here, else MNIST with each picture turned by 90°.
 *
 * @returns 6,000 samples to train on and 1,000 to test with; how to get Fashion-MNIST if it is `missing`.
 */
export async function otherSet(
  read = readFashion,
): Promise<{ name: string; set: ImageSet; missing?: string }> {
  try {
    return { name: 'Fashion-MNIST', set: part(await read()) };
  } catch (error) {
    if (!(error instanceof FileNotFoundError)) throw error;
    const [train, test] = part(await loadData());
    const set: ImageSet = [turned(train), turned(test)];
    return { name: messages().exercises.turned, set, missing: fashionMissing(error) };
  }
}

const part = ([train, test]: ImageSet): ImageSet => [first(train, 6000), first(test, 1000)];

export const first = ([images, labels]: ImageSet[0], count: number): ImageSet[0] => [
  images.slice(0, count),
  labels.slice(0, count),
];

function turned([{ shape, data }, labels]: ImageSet[0]): ImageSet[0] {
  const pixels = tf.tidy(() => tf.tensor3d(data, shape).transpose([0, 2, 1]).reverse(2).dataSync());
  return [new NdArray('uint8', shape, Uint8Array.from(pixels)), labels];
}

/** As many pictures are compared at once; a tensor of all 60,000 would take 190 MB. */
const PART = 2000;

/** Computes what share of some pictures is among others, whatever their range, with noise on them or not. */
export function overlap(pictures: Float32Array, others: tf.Tensor | Images): number {
  const [count = 0, ...sizes] = others.shape;
  const size = tf.util.sizeFromShape(sizes);
  if (pictures.length === 0 || pictures.length % size > 0) return 0;
  return tf.tidy(() => {
    const wanted = unit(tf.tensor2d(pictures, [pictures.length / size, size]));
    let likeness: tf.Tensor = tf.fill([pictures.length / size], -1);
    for (let start = 0; start < count; start += PART) {
      likeness = tf.tidy(() => {
        const most = Math.min(PART, count - start);
        const rows =
          others instanceof tf.Tensor
            ? others.slice(start, most)
            : divide(others.slice(start, most), 255);
        const products = wanted.matMul(unit(rows.reshape([-1, size])), false, true);
        return likeness.maximum(products.max(1));
      });
    }
    return itemAt(likeness.greater(0.95).mean().dataSync(), 0);
  });
}

/**
 * Gives each row the mean 0 and the length 1, so that a product of two is their correlation; every
 * fourth pixel tells pictures apart as well.
 */
function unit(all: tf.Tensor): tf.Tensor {
  const rows = all.stridedSlice([0, 0], all.shape, [1, 4]).toFloat();
  const centred = rows.sub(rows.mean(1, true));
  return centred.div(centred.norm('euclidean', 1, true).add(1e-9));
}
