import assert from 'node:assert/strict';
import { type ImageSet, type Images, type Labels, loadData, NdArray } from 'mnist-data-loader';
import { otherSet } from '../../../lib/digits/exercises/judging/sets';

describe('another set of the same format', () => {
  it('is MNIST turned by a quarter where Fashion-MNIST is not, and says how to get it', async () => {
    const absent = () => loadData({ name: 'fashion-mnist', dir: '/nowhere/clothes' });
    const { name, set, missing } = await otherSet(absent);
    assert.equal(name, 'MNIST turned by 90°');
    assert.match(missing ?? '', /await fashionMnist\.loadData\(\).*nowhere[\\/]clothes/);
    const [[trainX, trainY], [testX, testY]] = set;
    assert.deepEqual([trainX.shape, trainY.shape], [[6000, 28, 28], [6000]]);
    assert.deepEqual([testX.shape, testY.shape], [[1000, 28, 28], [1000]]);
    const [, [upright, labels]] = await loadData();
    assert.deepEqual(testY.data, labels.data.subarray(0, 1000));
    const pixel = ({ data }: typeof testX, row: number, column: number) => data[28 * row + column];
    for (let row = 0; row < 28; row++) {
      for (let column = 0; column < 28; column++) {
        assert.equal(pixel(testX, column, 27 - row), pixel(upright, row, column));
      }
    }
  });

  it('is Fashion-MNIST where it is, of which the first are taken', async () => {
    const part = (count: number): [Images, Labels] => [
      new NdArray('uint8', [count, 28, 28], new Uint8Array(count * 784).fill(7)),
      new NdArray('uint8', [count], new Uint8Array(count)),
    ];
    const clothes: ImageSet = [part(7000), part(1100)];
    const { name, set, missing } = await otherSet(async () => clothes);
    assert.equal(name, 'Fashion-MNIST');
    assert.equal(missing, undefined);
    assert.deepEqual(
      set.flat().map(({ shape }) => shape[0]),
      [6000, 6000, 1000, 1000],
    );
    assert.equal(set[0][0].max(), 7);
  });

  it('hides no other trouble', async () => {
    await assert.rejects(
      otherSet(() => Promise.reject(new Error('disk'))),
      /disk/,
    );
  });
});
