/** What figures are made of: axes, grids of pictures, the means of many steps, titles in lines. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { wrapped } from '../../../lib/digits/figures/captioned-grid';
import { epochScale, lossScale, marks, shareScale } from '../../../lib/digits/figures/scale';
import { StepMeans } from '../../../lib/digits/figures/step-means';

describe('scales', () => {
  it('begin and end at round numbers', () => {
    for (const [scale, expected] of [
      [lossScale([0.33, 0.07]), '0 0.1 0.2 0.3 0.4 0.5'],
      [lossScale([1.7]), '0 0.5 1 1.5 2'],
      [lossScale([-0.9, 3]), '-1 0 1 2 3 4 5'],
      [lossScale([Number.NaN, Number.POSITIVE_INFINITY, 0.1]), '0 0.02 0.04 0.06 0.08 0.1'],
      [lossScale([]), '0 0.2 0.4 0.6 0.8 1'],
      [shareScale([0.92, 0.98]), '0.9 0.92 0.94 0.96 0.98 1'],
      [shareScale([0.1]), '0 0.2 0.4 0.6 0.8 1'],
      [epochScale(0, 5), '0 1 2 3 4 5'],
      [epochScale(1, 3), '1 2 3'],
      [epochScale(1, 1), '1'],
    ] as const) {
      assert.equal(
        marks(scale)
          .map(([, label]) => label)
          .join(' '),
        expected,
      );
    }
    const { to } = shareScale([1, 0.81]);
    assert.ok(to > 1 && to < 1.01, 'room for a point at 1');
  });

  it('hold every loss, with three to nine marks at most ten characters long', () => {
    const value = fc.double({ min: -1e12, max: 1e12, noNaN: true }).filter(x => Math.abs(x) > 1e-9);
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), values => {
        const scale = lossScale(values);
        for (const each of values) assert.ok(each >= scale.from && each <= scale.to);
        const shown = marks(scale);
        assert.ok(shown.length >= 3 && shown.length <= 9, shown.join(' '));
        for (const [, label] of shown) assert.ok(label.length <= 10, label);
      }),
    );
  });
});

describe('StepMeans', () => {
  it('shows a point once all its steps are done, and the first one at once', () => {
    const means = new StepMeans(['loss'], 500, 1);
    for (const loss of [4, 2, 9]) means.add({ loss });
    assert.deepEqual(means.values.loss, [3]);
    means.add({ loss: 1 });
    assert.deepEqual(
      [means.values.loss, means.epochs],
      [
        [3, 5],
        [1 / 500, 3 / 500],
      ],
    );
  });

  it('keeps the means of all steps, at positions that grow, in 250 points at most', () => {
    const numbers = [fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 30 })] as const;
    fc.assert(
      fc.property(...numbers, (perEpoch, epochs) => {
        const means = new StepMeans(['loss'], perEpoch, epochs);
        const points = means.values.loss ?? [];
        const steps = Math.floor((perEpoch * epochs) / means.size) * means.size;
        for (let step = 0; step < steps; step++) means.add({ loss: step });
        assert.ok(points.length <= 250 && points.length * means.size === steps);
        points.forEach((mean, i) => {
          assert.ok(Math.abs(mean - (i * means.size + (means.size - 1) / 2)) <= 1e-9 * steps);
          assert.ok(Number(means.epochs[i]) > (means.epochs[i - 1] ?? 0));
        });
      }),
      { numRuns: 50 },
    );
  });
});

describe('wrapped', () => {
  it('breaks words, and Chinese but before punctuation, into few lines of about one length', () => {
    for (const [words, width, lines] of [
      ['取出前4个数据', 20, ['取出前4个数据']],
      ['', 20, ['']],
      ['one two three four five six', 22, ['one two three', 'four five six']],
      ['随机取出四个数据，然后识别', 20, ['随机取出四个数', '据，然后识别']],
      ['一二三四，五六七八', 8, ['一二三', '四，五', '六七八']],
      ['关掉它 91%。其余', 11, ['关掉它', '91%。其余']],
      ['a incomprehensible b', 8, ['a', 'incomprehensible', 'b']],
    ] as const) {
      assert.deepEqual(wrapped(words, width), lines);
    }
  });
});
