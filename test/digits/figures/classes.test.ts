import assert from 'node:assert/strict';
import { argMax, checkClasses, checkCounts } from '../../../lib/digits/figures/classes';
import { setLanguage } from '../../../lib/digits/language';

describe('what a figure is drawn from', () => {
  afterEach(() => setLanguage('en'));

  it('is one of each for every sample', () => {
    checkCounts({ pictures: 2, labels: 2, predictions: 2 });
    assert.throws(
      () => checkCounts({ pictures: 3, labels: 2, predictions: 3 }),
      /^RangeError: Expected as many of each, at least one, but received 3 pictures, 2 labels, 3 predictions\. Take the same slice of the same set\.$/,
    );
    setLanguage('zh');
    assert.throws(
      () => checkCounts({ labels: 0, predictions: 0 }),
      /数量应当相同，至少各有一个，收到的是 0 个标签、0 个预测。请取同一个集合的同一段切片。/,
    );
  });

  it('has classes that there are', () => {
    checkClasses([0, 9], 10);
    for (const wrong of [10, -1, 0.5, Number.NaN]) {
      assert.throws(
        () => checkClasses(Float32Array.of(1, wrong), 10),
        new RegExp(
          `labels to be whole numbers from 0 to 9, but number 1 is ${wrong}\\. Use labels as loaded`,
        ),
      );
    }
    setLanguage('zh');
    assert.throws(
      () => checkClasses([12], 10, 'predictions'),
      /预测应当是 0～9 的整数，第 0 个却是 12。.*argMax\(1\)/,
    );
  });
});

describe('argMax', () => {
  it('is the place of the largest, the first of those alike', () => {
    assert.equal(argMax([0.1, 0.7, 0.2]), 1);
    assert.equal(argMax([0.5, 0.5]), 0);
  });
});
