import assert from 'node:assert/strict';
import fc from 'fast-check';
import { itemAt } from '../../../lib/digits/item-at';
import { advice } from '../../../lib/digits/pad/advice';
import { Drawing, type Ink, SIDE } from '../../../lib/digits/pad/drawing';
import { type MnistPicture, mnistPicture, PICTURE } from '../../../lib/digits/pad/mnist-picture';
import { inkOf } from './photo';
import { testDigits } from './support';

type Line = readonly (readonly [x: number, y: number])[];

/** Strokes in the middle of the pad. */
const coordinate = fc.integer({ min: 90, max: 190 });
const stroke = fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 5 });
const strokes = fc.array(stroke, { minLength: 1, maxLength: 3 });

const pictureOf = (ink: Ink): MnistPicture => mnistPicture(ink) ?? assert.fail('no ink');

/** Repeats each pixel `zoom` times in both directions. `zoom` may be a fraction. */
function enlarged({ width, height, grey }: Ink, zoom: number): Ink {
  const [wide, high] = [Math.round(width * zoom), Math.round(height * zoom)];
  const from = (x: number, y: number) =>
    itemAt(grey, Math.floor((y + 0.5) / zoom) * width + Math.floor((x + 0.5) / zoom));
  const length = wide * high;
  const pixels = Float32Array.from({ length }, (_, i) => from(i % wide, Math.floor(i / wide)));
  return { width: wide, height: high, grey: pixels };
}

function assertSame(a: Float32Array, b: Float32Array): void {
  const worst = a.reduce((most, value, i) => Math.max(most, Math.abs(value - itemAt(b, i))), 0);
  assert.ok(worst < 1 / 30 + 1e-4, `differ by ${worst}`);
}

const sum = (values: Float32Array) => values.reduce((a, b) => a + b, 0);

describe('mnistPicture', () => {
  it('keeps the ink within 20 × 20 of 28 × 28, its centre of mass on pixel (14, 14) if it can', () => {
    fc.assert(
      fc.property(strokes, lines => {
        const ink = inkOf(...lines);
        const { pixels, from, to } = pictureOf(ink);
        assert.equal(pixels.length, PICTURE * PICTURE);
        assert.ok(pixels.every(value => value >= 0 && value <= 1));
        assert.ok(Math.abs(Math.max(to.width, to.height) - 20) < 1e-9);
        assert.ok(Math.abs(to.width / to.height - from.width / from.height) < 1e-6);
        const scale = 20 / Math.max(from.width, from.height);
        const expected = sum(ink.grey) * scale ** 2;
        assert.ok(Math.abs(sum(pixels) - expected) < 0.03 * expected, 'ink is lost');
        const centre = (of: (i: number) => number) =>
          pixels.reduce((moment, value, i) => moment + value * of(i), 0) / sum(pixels);
        const isCentred = (at: number, start: number, size: number) =>
          Math.abs(at - 14) <= 0.55 || start === 0 || start + Math.ceil(size - 1e-9) === PICTURE;
        const [x, y] = [centre(i => i % PICTURE), centre(i => Math.floor(i / PICTURE))];
        assert.ok(isCentred(x, to.left, to.width) && isCentred(y, to.top, to.height));
      }),
    );
  });

  it("makes of MNIST's pictures, drawn as large as the pad, the same again", async () => {
    for (const pixels of await testDigits(30)) {
      const small = { width: PICTURE, height: PICTURE, grey: pixels };
      assertSame(pictureOf(enlarged(small, SIDE / PICTURE)).pixels, pixels);
    }
  });
});

describe('the advice on a drawing', () => {
  const adviceOn = (ink: Ink) => advice(ink, pictureOf(ink).from);
  const line = (...points: [x: number, y: number][]): Line => points;
  const moved = (line: Line, dx: number, zoom = 1): Line =>
    line.map(([x, y]) => [x * zoom + dx, y * zoom]);
  const seven = line([20, 60], [110, 60], [60, 230]);
  const stroke = line([50, 40], [45, 240]);

  it('is to draw larger, one digit at a time, or only the lines', () => {
    const painted = Array.from({ length: 13 }, (_, i) =>
      line([20, 20 + 20 * i], [i > 3 && i < 9 ? 110 : 260, 20 + 20 * i]),
    );
    for (const [expected, ...lines] of [
      ['larger', moved(seven, 100, 0.25)],
      ['single', seven, moved(seven, 150)],
      ['single', stroke, moved(stroke, 40)],
      ['lines', ...painted],
    ] as [string, ...Line[]][]) {
      assert.equal(adviceOn(inkOf(...lines)), expected);
    }
  });

  it('is none on a digit: a one, a seven, a five whose bar is apart, a speck beside it', () => {
    const five = line([60, 60], [60, 130], [180, 150], [150, 240], [50, 230]);
    const [bar, speck] = [line([75, 30], [200, 30]), line([200, 200])];
    for (const lines of [[seven], [stroke], [five, bar], [seven, speck]]) {
      assert.equal(adviceOn(inkOf(...lines)), undefined);
    }
  });
});

describe('a drawing', () => {
  it('stays on the pad, and is empty again after clear, when there is nothing to show', () => {
    const drawing = new Drawing();
    drawing.begin({ x: -20, y: 140 });
    drawing.extend({ x: 400, y: 300 });
    assert.ok(sum(drawing.ink.grey) > 0);
    drawing.clear();
    assert.equal(sum(drawing.ink.grey), 0);
    assert.deepEqual(drawing.strokes, []);
    assert.equal(mnistPicture(drawing.ink), undefined);
  });
});
