import assert from 'node:assert/strict';
import { advice } from '../../../lib/digits/pad/advice';
import { Drawing, SIDE } from '../../../lib/digits/pad/drawing';
import { mnistPicture, PICTURE } from '../../../lib/digits/pad/mnist-picture';
import { drawnSeven } from '../../../lib/digits/pad/still';
import { testDigits } from './support';

type Line = readonly (readonly [x: number, y: number])[];

/** The advice on a drawing of some lines. */
function told(...lines: Line[]): string | undefined {
  const drawing = new Drawing();
  for (const [first, ...others] of lines) {
    if (first) drawing.begin({ x: first[0], y: first[1] });
    for (const [x, y] of others) drawing.extend({ x, y });
  }
  return adviceOn(drawing.ink);
}

function adviceOn(ink: Drawing['ink']): string | undefined {
  const { from } = mnistPicture(ink) ?? assert.fail('no ink');
  return advice(ink, from);
}

const moved = (line: Line, dx: number, zoom = 1): Line =>
  line.map(([x, y]) => [x * zoom + dx, y * zoom]);
const SEVEN: Line = [
  [20, 60],
  [110, 60],
  [60, 230],
];
const ONE: Line = [
  [50, 40],
  [45, 240],
];

describe('the advice on a drawing', () => {
  it('is to draw larger what is tiny, be it a dot', () => {
    assert.equal(told(moved(SEVEN, 100, 0.25)), 'larger');
    assert.equal(told([[140, 140]]), 'larger');
  });

  it('is to draw one digit at a time where two stand side by side', () => {
    assert.equal(told(SEVEN, moved(SEVEN, 150)), 'single');
    assert.equal(told(ONE, moved(ONE, 40)), 'single');
    assert.equal(told(moved(SEVEN, 10, 0.3), moved(SEVEN, 90, 0.3)), 'single');
  });

  it('is to draw the lines where all around them was painted', () => {
    const rows = Array.from(
      { length: 13 },
      (_, i): Line => [
        [20, 20 + 20 * i],
        [i > 3 && i < 9 ? 110 : 260, 20 + 20 * i],
      ],
    );
    assert.equal(told(...rows), 'lines');
  });

  it('is none on a digit: a one, a seven, a five whose bar is apart, a speck beside it', () => {
    assert.equal(adviceOn(drawnSeven().ink), undefined);
    assert.equal(told(ONE), undefined);
    assert.equal(
      told(
        [
          [60, 60],
          [60, 130],
          [180, 150],
          [150, 240],
          [50, 230],
        ],
        [
          [75, 30],
          [200, 30],
        ],
      ),
      undefined,
    );
    assert.equal(told(SEVEN, [[200, 200]]), undefined);
  });

  it('is none on what MNIST holds, drawn as large as the pad', async () => {
    const digits = await testDigits(100);
    const zoom = SIDE / PICTURE;
    const advised = digits.filter(({ pixels }) => {
      const grey = Float32Array.from({ length: SIDE * SIDE }, (_, at) => {
        const [x, y] = [Math.floor((at % SIDE) / zoom), Math.floor(at / SIDE / zoom)];
        return pixels[y * PICTURE + x] ?? 0;
      });
      return adviceOn({ width: SIDE, height: SIDE, grey }) !== undefined;
    });
    assert.ok(advised.length <= 1, `${advised.length} of 100`);
  });
});
