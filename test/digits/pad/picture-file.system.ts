import assert from 'node:assert/strict';
import type { Ink } from '../../../lib/digits/pad/drawing';
import { mnistPicture } from '../../../lib/digits/pad/mnist-picture';
import { digitIn } from '../../../lib/digits/pad/picture-file';
import { strokeOf } from './hand';
import { inkOf, photo, type Scene } from './photo';

// The centres of mass of all three digits lie near a whole pixel: grain does not decide how they round.
const SEVEN = strokeOf('60,70 130,66 205,64 188,115 158,170 133,235');
const FIVE = inkOf(strokeOf('75,70 75,130 180,150 150,235 60,210'), strokeOf('100,40 220,38'));
const ZERO = inkOf(
  Array.from({ length: 30 }, (_, i) => [
    140 + 60 * Math.sin(i / 4.5),
    140 + 90 * Math.cos(i / 4.5),
  ]),
  strokeOf('140,50 160,30'),
);

const white = () => 240;
const dark = () => 30;
/** Light from the upper left, a third as bright at the lower right. */
const lamp = (x: number, y: number) => 240 - 130 * x - 30 * y;
const inkIn =
  (light: (x: number, y: number) => number) =>
  (x: number, y: number): number =>
    0.25 * light(x, y);

const scenes: Record<string, Scene> = {
  'ink on white': { paper: white, ink: dark },
  'uneven light and grain': { paper: lamp, ink: inkIn(lamp), grain: 10 },
  'small, aside': { size: 0.25, middle: [0.75, 0.3], paper: lamp, ink: inkIn(lamp), grain: 4 },
  'a hard shadow': {
    paper: (x, y) => (x + 0.3 * y > 0.65 ? 155 : 225),
    ink: (x, y) => (x + 0.3 * y > 0.65 ? 40 : 60),
    grain: 5,
  },
  'a dark table around': {
    paper: white,
    ink: dark,
    grain: 5,
    table: (x, y) => (Math.abs(x - 0.5) > 0.36 || Math.abs(y - 0.5) > 0.4 ? 60 : undefined),
  },
  'paper askew on a table': {
    paper: lamp,
    ink: inkIn(lamp),
    grain: 5,
    table: (x, y) =>
      x + 0.12 * y < 0.15 || x + 0.12 * y > 0.97 || y - 0.12 * x > 0.85
        ? 45 + 15 * Math.sin(40 * x)
        : undefined,
  },
  'a printed square around': {
    size: 0.4,
    paper: (x, y) =>
      Math.abs(Math.max(Math.abs(x - 0.5), Math.abs(y - 0.5)) - 0.3) < 0.01 ? 40 : 240,
    ink: dark,
  },
  'squared paper': {
    paper: (x, y) => ((x * 15) % 1 < 0.05 || (y * 15) % 1 < 0.05 ? 200 : 240),
    ink: dark,
    grain: 4,
  },
};

/** The difference of two digits, pixel by pixel, as a share of the ink. */
function difference(a: Ink, b: Ink): number {
  const [pixels, other] = [a, b].map(ink => mnistPicture(ink)?.pixels ?? new Float32Array(784));
  assert.ok(pixels && other);
  const ink = pixels.reduce((sum, value) => sum + value, 0);
  return pixels.reduce((sum, value, i) => sum + Math.abs(value - (other[i] ?? 0)), 0) / ink;
}

describe('a digit in a picture', () => {
  const digits = { seven: inkOf(SEVEN), five: FIVE, zero: ZERO };
  const inTurn = Object.entries(digits);
  for (const [i, [name, scene]] of Object.entries(scenes).entries()) {
    const [digit, ink] = inTurn[i % inTurn.length] as [string, Ink];
    it(`is found: a ${digit}, ${name}; it is the same as drawn on the pad, and inverted`, () => {
      const picture = digitIn(photo(ink, scene)) ?? assert.fail();
      assert.deepEqual(
        picture.remarks.filter(remark => remark !== 'thickened'),
        ['inverted'],
      );
      const differs = difference(ink, picture.ink);
      assert.ok(differs < 0.3, `it differs by ${differs.toFixed(2)}`);
    });
  }

  it('is not inverted if it is white on black, as chalk on a board', () => {
    const board = (x: number) => 60 + 30 * x;
    for (const ink of Object.values(digits)) {
      const chalk = photo(ink, { paper: board, ink: () => 210, grain: 6 });
      const picture = digitIn(chalk) ?? assert.fail();
      assert.deepEqual(picture.remarks, []);
      assert.ok(difference(ink, picture.ink) < 0.3);
    }
    const black = digitIn(photo(digits.seven, { paper: () => 15, ink: () => 225 }));
    assert.deepEqual(black?.remarks, []);
  });

  const digitOf = (ink: Ink, scene: Partial<Scene> = {}) =>
    digitIn(photo(ink, { paper: white, ink: dark, ...scene }));

  it('is the largest of several, which is told', () => {
    const small = SEVEN.map(([x, y]) => [170 + x / 3, 90 + y / 3] as const);
    const large = SEVEN.map(([x, y]) => [x * 0.7, y] as const);
    assert.deepEqual(digitOf(inkOf(large, small))?.remarks, ['inverted']);
    const taller = small.map(([x, y]) => [x, 2 * y - 160] as const);
    const two = digitOf(inkOf(large, taller)) ?? assert.fail();
    assert.deepEqual(two.remarks, ['inverted', 'several']);
    assert.ok(difference(inkOf(large), two.ink) < 0.3);
  });

  it('is thickened if its lines are thin, and told to be cut off at the edge', () => {
    const ink = inkOf(SEVEN);
    const around = [-9, 9, -9 * ink.width, 9 * ink.width];
    const grey = ink.grey.map((value, i) =>
      Math.min(value, ...around.map(by => ink.grey[i + by] ?? 0)),
    );
    const thin = digitOf({ ...ink, grey }, { side: 400 }) ?? assert.fail();
    assert.deepEqual(thin.remarks, ['inverted', 'thickened']);
    assert.ok(difference(ink, thin.ink) < 0.3);
    const cut = digitOf(ink, { middle: [0.02, 0.5] });
    assert.deepEqual(cut?.remarks, ['inverted', 'cut']);
  });

  it('is not in a page all white, black, grainy, shadowed, or lit from one side', () => {
    for (const scene of [
      {},
      { paper: () => 0 },
      { grain: 12 },
      { paper: lamp, grain: 8 },
      { paper: (x: number) => (x > 0.5 ? 120 : 230) },
    ]) {
      assert.equal(digitOf(inkOf(), scene), undefined, JSON.stringify(scene));
    }
  });

  it('is seen if it is transparent around, be it black or white', () => {
    for (const grey of [0, 255]) {
      const { width, height, grey: ink } = inkOf(SEVEN);
      const data = Uint8ClampedArray.from({ length: 4 * ink.length }, (_, i) =>
        i % 4 < 3 ? grey : 255 * (ink[(i - 3) / 4] ?? 0),
      );
      const picture = digitIn({ width, height, data }) ?? assert.fail(String(grey));
      assert.deepEqual(picture.remarks, grey === 0 ? ['inverted'] : []);
      assert.ok(difference(inkOf(SEVEN), picture.ink) < 0.2);
    }
  });
});
