import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sheet, sheetAxes } from '../../../lib/digits/figures/sheet';

const options = fc.record({
  columns: fc.integer({ min: 1, max: 5 }),
  gap: fc.integer({ min: 0, max: 3 }),
  rowGap: fc.integer({ min: 0, max: 3 }),
  fill: fc.constant(99),
});
const size = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }));

describe('sheet', () => {
  it('holds each picture at its corner, and nothing but the filling elsewhere', () => {
    fc.assert(
      fc.property(options, size, fc.integer({ min: 1, max: 12 }), (layout, [height, width], n) => {
        const pictures = Array.from({ length: n }, (_, i) =>
          new Uint8Array(height * width).fill(i),
        );
        const page = sheet(pictures, [height, width], layout);
        assert.equal(page.pixels.length, page.width * page.height);
        page.corners.forEach(([x, y], i) => {
          for (let at = 0; at < height * width; at++) {
            const place = (y + Math.floor(at / width)) * page.width + x + (at % width);
            assert.equal(page.pixels[place], i);
          }
        });
        const filled = page.pixels.filter(value => value === layout.fill).length;
        assert.equal(filled, page.pixels.length - n * height * width);
      }),
    );
  });

  it('goes row by row', () => {
    const page = sheet([[1], [2], [3]], [1, 1], { columns: 2, gap: 1, fill: 0 });
    assert.deepEqual(Array.from(page.pixels), [1, 0, 2, 0, 0, 0, 3, 0, 0]);
    assert.deepEqual(page.corners, [
      [0, 0],
      [2, 0],
      [0, 2],
    ]);
  });
});

describe('sheetAxes', () => {
  it('shows the whole sheet, upright, its pixels square', () => {
    const { xaxis, yaxis } = sheetAxes({ width: 30, height: 20 });
    assert.deepEqual(
      [xaxis.range, yaxis.range],
      [
        [0, 30],
        [20, 0],
      ],
    );
    assert.equal(yaxis.scaleanchor, 'x');
  });

  it('shows a part of it', () => {
    assert.deepEqual(sheetAxes({ width: 30, height: 20 }, { y: [5, 8] }).yaxis.range, [8, 5]);
  });
});
