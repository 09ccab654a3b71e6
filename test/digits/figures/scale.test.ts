import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  epochScale,
  lossScale,
  marks,
  type Scale,
  shareScale,
} from '../../../lib/digits/figures/scale';

const labels = (scale: Scale) => marks(scale).map(([, label]) => label);

describe('lossScale', () => {
  it('begins at 0 and ends at a round number above the largest value', () => {
    assert.deepEqual(labels(lossScale([0.33, 0.07])), ['0', '0.1', '0.2', '0.3', '0.4', '0.5']);
    assert.deepEqual(labels(lossScale([1.7])), ['0', '0.5', '1', '1.5', '2']);
    assert.deepEqual(labels(lossScale([0.1])), ['0', '0.02', '0.04', '0.06', '0.08', '0.1']);
  });

  it('begins below 0 where a value does', () => {
    assert.deepEqual(labels(lossScale([-0.9, 3])), ['-1', '0', '1', '2', '3', '4', '5']);
  });

  it('leaves out what is not a number, and stands without any', () => {
    const values = [Number.NaN, Number.POSITIVE_INFINITY, 0.4];
    assert.deepEqual(lossScale(values), lossScale([0.4]));
    assert.deepEqual(labels(lossScale([])), ['0', '0.2', '0.4', '0.6', '0.8', '1']);
  });

  it('holds every value, with three to nine marks at most ten characters long', () => {
    const value = fc.double({ min: -1e12, max: 1e12, noNaN: true }).filter(x => Math.abs(x) > 1e-9);
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), values => {
        const scale = lossScale(values);
        for (const each of values) assert.ok(each >= scale.from && each <= scale.to);
        const shown = labels(scale);
        assert.ok(shown.length >= 3 && shown.length <= 9, shown.join(' '));
        for (const label of shown) assert.ok(label.length <= 10, label);
      }),
    );
  });
});

describe('shareScale', () => {
  it('ends at 1 and begins at a round number below the smallest value', () => {
    assert.deepEqual(labels(shareScale([0.92, 0.98])), [
      '0.9',
      '0.92',
      '0.94',
      '0.96',
      '0.98',
      '1',
    ]);
    assert.deepEqual(labels(shareScale([0.1])), ['0', '0.2', '0.4', '0.6', '0.8', '1']);
  });

  it('leaves room above 1, where a point may stand', () => {
    const { from, to } = shareScale([1, 0.81]);
    assert.equal(from, 0.8);
    assert.ok(to > 1 && to < 1.01);
  });
});

describe('epochScale', () => {
  it('marks whole epochs, ten of them at most', () => {
    assert.deepEqual(labels(epochScale(0, 5)), ['0', '1', '2', '3', '4', '5']);
    assert.deepEqual(labels(epochScale(1, 3)), ['1', '2', '3']);
    assert.deepEqual(labels(epochScale(1, 1)), ['1']);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), epochs => {
        const scale = epochScale(0, epochs);
        const shown = marks(scale);
        assert.ok(scale.to > epochs && shown.length <= 11);
        for (const [epoch] of shown) assert.ok(Number.isInteger(epoch) && epoch < scale.to);
      }),
    );
  });
});
