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
import { trainingsOf } from '../../training/training-log';
import { failIf } from './exercise';

/** Loads the first digits of a half of the set, `[count, 28, 28]` in [0, 1], and their labels. */
export async function loadDigits(
  half: 'train' | 'test',
  count: number,
): Promise<[x: tf.Tensor3D, labels: Uint8Array]> {
  const [train, test] = await loadData();
  const [images, labels] = half === 'train' ? train : test;
  return [divide(images.slice(0, count), 255), labels.slice(0, count).data];
}

/** Measures what share of the first test digits the model knows; refutes one trained on these. */
export async function testAccuracy(model: tf.LayersModel, count = 2000): Promise<number> {
  const [, [images]] = await loadData();
  const seen = trainingsOf(model).some(({ some }) => overlap(some, images) > 0.5);
  const [x, labels] = await loadDigits('test', count);
  const digits = tf.tidy(() => {
    const [input] = model.inputs as [tf.SymbolicTensor];
    const samples = x.reshape([-1, ...(input.shape.slice(1) as number[])]);
    return model.predict(samples).argMax(1).dataSync();
  });
  x.dispose();
  failIf(seen, messages().exercises.seenTest);
  return digits.filter((digit, i) => digit === labels[i]).length / count;
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
