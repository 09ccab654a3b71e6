/** Computes a unit's answer to a picture of 2 × 2, as numbers and as written arithmetic. */
import { itemAt } from '../item-at';

/** Four numbers: upper left, upper right, lower left, lower right. */
export type Four = readonly number[];

/** All pictures of black and white pixels: first the six patterns, then the pictures that are not shown. */
const PICTURES: readonly Four[] = [
  ...['1001', '0110', '1100', '1010', '1111', '1000'],
  ...['0000', '0001', '0010', '0011', '0100', '0101', '0111', '1011', '1101', '1110'],
].map(bits => Array.from(bits, Number));

/** The two diagonals, the upper row, the left column, all pixels, a single pixel. */
export const PATTERNS = PICTURES.slice(0, 6);

const rounded = (value: number): number => Math.round(100 * value) / 100;

/** The weighted sum $z = x_1 w_1 + … + x_4 w_4 + b$. */
const weightedSum = (x: Four, w: Four, b: number): number =>
  rounded(x.reduce((sum, pixel, i) => sum + pixel * itemAt(w, i), b));

/** The activation $h = \mathrm{relu}(z)$. */
export const activation = (x: Four, w: Four, b: number): number =>
  Math.max(0, weightedSum(x, w, b));

/** Returns a picture with a wrong answer, preferably a pattern; only the first picture should be answered. */
export const wrongAnswer = (w: Four, b: number): Four | undefined =>
  PICTURES.find((picture, i) => activation(picture, w, b) > 0 !== (i === 0));

/** Formats a number with a minus sign. */
export const numeral = (value: number): string => String(rounded(value)).replace('-', '−');

export function arithmeticLines(x: Four, w: Four, b: number): string[] {
  const factor = (value: number) => (value < 0 ? `(${numeral(value)})` : numeral(value));
  const products = x.map((pixel, i) => `${numeral(pixel)} × ${factor(itemAt(w, i))}`);
  const z = weightedSum(x, w, b);
  return [
    'z = x₁w₁ + x₂w₂ + x₃w₃ + x₄w₄ + b',
    `z = ${products.join(' + ')} ${b < 0 ? '−' : '+'} ${numeral(Math.abs(b))} = ${numeral(z)}`,
    `h = relu(z) = max(0, ${numeral(z)}) = ${numeral(Math.max(0, z))}`,
  ];
}
