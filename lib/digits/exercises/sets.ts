/** Sets to try answers on: the test digits, and another set of the same format. */
import * as tf from '@tensorflow/tfjs';
import {
  FileNotFoundError,
  type ImageSet,
  type Images,
  type Labels,
  loadData,
  NdArray,
} from 'mnist-data-loader';
import { divide } from 'tfjs-graph';
import { fashionMissing } from '../host-words';
import { itemAt } from '../item-at';
import type { Text } from '../language';

/**
 * Loads the first `count` digits of the test set, as the lesson prepares them.
 *
 * @returns pictures in [0, 1], float32, shape `[count, 28, 28]`, and their labels.
 */
export async function testDigits(count: number): Promise<[x: tf.Tensor3D, labels: Uint8Array]> {
  const [, [images, labels]] = await loadData();
  return [divide(images.slice(0, count), 255), labels.slice(0, count).data];
}

/** Loads the first `count` digits of the training set, their labels as int32. */
export async function trainingDigits(
  count: number,
): Promise<[x: tf.Tensor3D, labels: tf.Tensor1D]> {
  const [[images, labels]] = await loadData();
  return [divide(images.slice(0, count), 255), tf.tensor1d(labels.data.slice(0, count), 'int32')];
}

/** Measures what share of the first 2,000 test digits the model recognises. */
export async function testAccuracy(model: tf.LayersModel): Promise<number> {
  const [x, labels] = await testDigits(2000);
  const digits = tf.tidy(() => (model.predict(x) as tf.Tensor).argMax(1).dataSync());
  x.dispose();
  return digits.filter((digit, i) => digit === labels[i]).length / labels.length;
}

/** A set of MNIST's format that is not MNIST. */
export interface OtherSet {
  readonly name: Text;
  /** 6,000 to train on and 1,000 to test with. */
  readonly set: ImageSet;
  /** How to get Fashion-MNIST where it is not here. */
  readonly missing?: Text;
}

const readFashion = () => loadData({ name: 'fashion-mnist', download: false });

/** Loads Fashion-MNIST where its files are here, else MNIST with each picture turned by 90°. */
export async function otherSet(read: () => Promise<ImageSet> = readFashion): Promise<OtherSet> {
  try {
    const name = { zh: 'Fashion-MNIST', en: 'Fashion-MNIST' };
    return { name, set: part(await read()) };
  } catch (error) {
    if (!(error instanceof FileNotFoundError)) throw error;
    const [train, test] = await digitSet();
    return {
      name: { zh: '转了 90° 的 MNIST', en: 'MNIST turned by 90°' },
      set: [
        [turned(train[0]), train[1]],
        [turned(test[0]), test[1]],
      ],
      missing: fashionMissing(error),
    };
  }
}

/** Loads MNIST as it is, as much of it as of the other set. */
export const digitSet = async (): Promise<ImageSet> => part(await loadData());

const part = ([train, test]: ImageSet): ImageSet => [first(train, 6000), first(test, 1000)];

const first = ([images, labels]: [Images, Labels], count: number): [Images, Labels] => [
  images.slice(0, count),
  labels.slice(0, count),
];

function turned({ shape, data }: Images): Images {
  const [count, rows, columns] = shape;
  const result = new Uint8Array(data.length);
  for (let start = 0; start < data.length; start += rows * columns) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const pixel = itemAt(data, start + row * columns + column);
        result[start + column * rows + (rows - 1 - row)] = pixel;
      }
    }
  }
  return new NdArray('uint8', [count, columns, rows], result);
}
