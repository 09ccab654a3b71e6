import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { mnist } from 'mnist-data-loader';
import { useDevice } from '../../../lib/digits/device/use';
import type { Given } from '../../../lib/digits/figures/given';
import { onlyPicture, picturesOf, pixelsOf } from '../../../lib/digits/figures/pictures';
import { setLanguage } from '../../../lib/digits/language';
import { divide } from '../../../lib/digits/training/divide';

const three = { shape: [3, 1, 2], data: [1, 2, 3, 4, 5, 6] };
const pixels = (given: Given, i = 0) => Array.from(pixelsOf(picturesOf(given), i));

describe('pictures', () => {
  before(async () => {
    await useDevice('cpu');
  });

  afterEach(() => setLanguage('en'));

  it('are taken apart one by one', () => {
    const { count, height, width } = picturesOf(three);
    assert.deepEqual([count, height, width], [3, 1, 2]);
    assert.deepEqual(pixels(three, 1), [3, 4]);
  });

  it('are what the loader gives, and its slices', async () => {
    const [, [images]] = await mnist.loadData();
    const { pixels, height, width } = onlyPicture(images.slice(1, 1));
    assert.deepEqual([height, width], [28, 28]);
    assert.deepEqual(pixels, images.data.slice(784, 2 * 784));
  });

  it('come as tensors, divided or not, with a channel or without, and as lists', async () => {
    const [, [images]] = await mnist.loadData();
    const two = images.slice(1, 2);
    const expected = Array.from(two.data.slice(784));
    const bytes = tf.tensor3d(two.data, [2, 28, 28], 'int32');
    const x = divide(two, 255);
    for (const given of [
      ...[bytes, bytes.toFloat(), x, x.mul(1), x.reshape([2, 28, 28, 1]), x.clone()],
      ...[bytes.arraySync(), x.arraySync()],
    ]) {
      assert.deepEqual(pixels(given, 1), expected);
    }
    assert.equal(picturesOf(x.mul(1)).scale, 255);
    assert.equal(picturesOf(x).scale, 255);
    assert.equal(picturesOf(bytes).scale, 1);
  });

  it('are white at 1 where no value is larger, in whatever they come', () => {
    const ink = tf.tensor3d([[[0, 0.2, 0.9]]]);
    assert.deepEqual(pixels(ink.greater(0.5)), [0, 0, 255]);
    assert.deepEqual(pixels(ink), [0, 51, 229]);
    assert.deepEqual(pixels([[[0, 1, 2]]]), [0, 1, 2]);
    assert.deepEqual(pixels([[[-1e-5, 1.00001]]]), [0, 255]);
  });

  it('leave tensors as they are', () => {
    const x = tf.zeros([1, 2, 2]);
    const { numTensors } = tf.memory();
    picturesOf(x);
    assert.equal(tf.memory().numTensors, numTensors);
    assert.equal(x.isDisposed, false);
  });

  it('have three axes', () => {
    const flat = { shape: [28, 28], data: new Uint8Array(784) };
    assert.throws(
      () => picturesOf(flat),
      /^RangeError: Expected pictures of shape \[pictures, height, width\] but received \[28, 28\]\. .*testX\.slice\(0, 1\)\.$/,
    );
    assert.throws(
      () => picturesOf(tf.zeros([2, 784])),
      /\[2, 784\]\. Write x\.reshape\(\[-1, 28, 28\]\)/,
    );
    assert.throws(() => picturesOf(tf.zeros([1, 8, 8, 3])), /received \[1, 8, 8, 3\]/);
    setLanguage('zh');
    assert.throws(() => picturesOf(flat), /\[张数, 高, 宽\]，收到的是 \[28, 28\]。/);
  });

  it('have values of pixels', () => {
    for (const wrong of [-1, 256, Number.NaN]) {
      assert.throws(
        () => picturesOf(tf.tensor3d([[[0, wrong]]])),
        new RegExp(`from 0 to 255, or from 0 to 1, but number 1 is ${wrong}\\.`),
      );
    }
    setLanguage('zh');
    assert.throws(() => picturesOf([[[300]]]), /0～255 或 0～1 之间，第 0 个却是 300。/);
  });

  it('are a single one where a figure shows one', () => {
    assert.throws(
      () => onlyPicture(three),
      /^RangeError: Expected a single picture but received 3\. Take one as a slice/,
    );
    setLanguage('zh');
    assert.throws(() => onlyPicture(three), /应当只有一张图片，收到的是 3 张。请用切片/);
  });
});
