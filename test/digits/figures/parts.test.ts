/** What figures are made of: axes, grids of pictures, the means of many steps, titles in lines. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { gridAxes, imageGrid } from '../../../lib/digits/figures/image-grid';
import { pngAddress } from '../../../lib/digits/figures/png';
import { epochScale, lossScale, marks, shareScale } from '../../../lib/digits/figures/scale';
import { StepMeans } from '../../../lib/digits/figures/step-means';
import { wrapped } from '../../../lib/digits/figures/title';
import { readPng } from './support';

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

  it('mark whole epochs, ten of them at most', () => {
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

describe('imageGrid', () => {
  const upTo = (max: number, min = 1) => fc.integer({ min, max });
  const options = fc.record({ columns: upTo(5), gap: upTo(3, 0), rowGap: upTo(3, 0) });

  it('holds each picture at its corner, row by row, and nothing but the filling elsewhere', () => {
    fc.assert(
      fc.property(options, upTo(4), upTo(4), upTo(12), (options, height, width, n) => {
        const pictures = Array.from({ length: n }, (_, i) =>
          new Uint8Array(height * width).fill(i),
        );
        const grid = imageGrid(pictures, [height, width], { ...options, fill: 99 });
        grid.corners.forEach(([x, y], i) => {
          assert.equal(x, (i % options.columns) * (width + options.gap));
          assert.equal(y, Math.floor(i / options.columns) * (height + options.rowGap));
          for (let at = 0; at < height * width; at++) {
            const place = (y + Math.floor(at / width)) * grid.width + x + (at % width);
            assert.equal(grid.pixels[place], i);
          }
        });
        assert.deepEqual(readPng(pngAddress(grid.pixels, grid.width)).flat(), [...grid.pixels]);
        const filled = grid.pixels.filter(value => value === 99).length;
        assert.equal(filled, grid.width * grid.height - n * height * width);
      }),
    );
  });

  it('is shown upright, its pixels square, as a whole or in part', () => {
    const { xaxis, yaxis } = gridAxes({ width: 30, height: 20 });
    assert.deepEqual([xaxis?.range, yaxis?.range, yaxis?.scaleanchor], [[0, 30], [20, 0], 'x']);
    assert.deepEqual(gridAxes({ width: 30, height: 20 }, [5, 8]).yaxis?.range, [8, 5]);
  });
});

describe('StepMeans', () => {
  it('keeps each step of a short training, what is no number too', () => {
    const means = new StepMeans(['loss', 'acc'], 4, 2);
    for (const loss of [3, Number.NaN, 1]) means.add({ loss, acc: 1 / loss, size: 64 });
    assert.deepEqual(means.values, { loss: [3, Number.NaN, 1], acc: [1 / 3, Number.NaN, 1] });
    assert.deepEqual(means.epochs, [0.125, 0.375, 0.625]);
    assert.equal(means.reached, 0.75);
  });

  it('shows a point once all its steps are done, and the first one at once', () => {
    const means = new StepMeans(['loss'], 500, 1);
    const seen = [4, 2, 9, 1].map(loss => {
      means.add({ loss });
      return [...(means.values.loss ?? [])];
    });
    assert.deepEqual(seen, [[4], [3], [3], [3, 5]]);
    assert.deepEqual(means.epochs, [1 / 500, 3 / 500]);
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
      ['a incomprehensible b', 8, ['a', 'incomprehensible', 'b']],
    ] as const) {
      assert.deepEqual(wrapped(words, width), lines);
    }
  });
});
