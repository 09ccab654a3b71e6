/** What one unit computes from a picture of 2 × 2, in numbers and written out. */
import { itemAt } from '../item-at';

/** Four numbers: upper left, upper right, lower left, lower right. */
export type Four = readonly number[];

/** Pictures that the unit may answer to: the two diagonals, the upper row, the left column, all, one alone. */
export const PATTERNS: readonly Four[] = [
  [1, 0, 0, 1],
  [0, 1, 1, 0],
  [1, 1, 0, 0],
  [1, 0, 1, 0],
  [1, 1, 1, 1],
  [1, 0, 0, 0],
];

const rounded = (value: number): number => Math.round(100 * value) / 100;

/** The weighted sum $z = x_1 w_1 + … + x_4 w_4 + b$. */
const weightedSum = (x: Four, w: Four, b: number): number =>
  rounded(x.reduce((sum, pixel, i) => sum + pixel * itemAt(w, i), b));

/** The activation $h = \mathrm{relu}(z)$. */
export const activation = (x: Four, w: Four, b: number): number =>
  Math.max(0, weightedSum(x, w, b));

/** All pictures of black and white pixels, the patterns first. */
const PICTURES: readonly Four[] = [
  ...PATTERNS,
  ...Array.from({ length: 16 }, (_, n) => [8, 4, 2, 1].map(bit => Number((n & bit) > 0))),
];

/** Finds a picture to which a unit that is to find the first pattern answers wrongly: one of the patterns, if any. */
export const wrongAnswer = (w: Four, b: number): Four | undefined =>
  PICTURES.find(
    picture => activation(picture, w, b) > 0 !== (String(picture) === String(PICTURES[0])),
  );

/** Writes a number with a minus sign. */
export const numeral = (value: number): string => String(rounded(value)).replace('-', '−');

/** Writes it all out, in lines. */
export function written(x: Four, w: Four, b: number): string[] {
  const factor = (value: number) => (value < 0 ? `(${numeral(value)})` : numeral(value));
  const products = x.map((pixel, i) => `${numeral(pixel)} × ${factor(itemAt(w, i))}`);
  const z = weightedSum(x, w, b);
  return [
    'z = x₁w₁ + x₂w₂ + x₃w₃ + x₄w₄ + b',
    `z = ${products.join(' + ')} ${b < 0 ? '−' : '+'} ${numeral(Math.abs(b))} = ${numeral(z)}`,
    `h = relu(z) = max(0, ${numeral(z)}) = ${numeral(Math.max(0, z))}`,
  ];
}
