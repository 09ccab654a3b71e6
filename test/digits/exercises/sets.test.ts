import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { loadData } from 'mnist-data-loader';
import { loadDigits, otherSet, overlap } from '../../../lib/digits/exercises/judging/sets';
import { useDevice } from '../../../lib/digits/index';

const numbers = (tensor: tf.Tensor) => Float32Array.from(tensor.dataSync());

describe('sets to try answers on', () => {
  before(() => useDevice());

  it('are MNIST turned by a quarter where Fashion-MNIST is not, and how to get it is said', async () => {
    const absent = () => loadData({ name: 'fashion-mnist', dir: '/nowhere/clothes' });
    const { name, set, missing } = await otherSet(absent);
    assert.equal(name, 'MNIST turned by 90°');
    assert.match(missing ?? '', /await fashionMnist\.loadData\(\).*nowhere[\\/]clothes/);
    const [[trainImages], [testImages, testLabels]] = set;
    assert.equal(`${trainImages.shape} ${testImages.shape}`, '6000,28,28 1000,28,28');
    const [, [upright, labels]] = await loadData();
    assert.deepEqual(testLabels.data, labels.data.subarray(0, 1000));
    const pixel = ({ data }: typeof testImages, row: number, column: number) =>
      data[28 * row + column];
    for (let index = 0; index < 784; index++) {
      const [row, column] = [Math.floor(index / 28), index % 28];
      assert.equal(pixel(testImages, column, 27 - row), pixel(upright, row, column));
    }
    const loaded = await otherSet(() => loadData());
    assert.deepEqual([loaded.name, loaded.missing], ['Fashion-MNIST', undefined]);
    const failing = otherSet(() => Promise.reject(new Error('disk')));
    await assert.rejects(failing, /disk/);
  });

  it('overlap in the same pictures, whatever their order, axes and range, and with noise', async () => {
    const [x] = await loadDigits('test', 100);
    const images = tf.concat([x.slice(50, 50), x.slice(0, 25)]).reshape([-1, 28, 28, 1]);
    assert.equal(overlap(numbers(x), images), 0.75);
    assert.equal(overlap(new Float32Array(300), x), 0, 'of another size');
    const noise = tf.randomNormal(x.shape, 0, 0.1, 'float32', 1);
    assert.ok(overlap(numbers(x.mul(2).sub(1).add(noise)), x) > 0.9);
    const [[trained]] = await loadData();
    const share = overlap(numbers(x), trained.slice(0, 5000));
    assert.ok(share < 0.2, `${share} of the test pictures are in the training set`);
  });
});
