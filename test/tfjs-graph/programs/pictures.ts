/** Pictures of digits, in place of MNIST's. */
import * as tf from '@tensorflow/tfjs';

/** Rows of each digit, as bits of a number. */
const GLYPHS = [
  [14, 17, 17, 17, 17, 17, 14],
  [4, 12, 4, 4, 4, 4, 14],
  [14, 17, 1, 2, 4, 8, 31],
  [31, 2, 4, 2, 1, 17, 14],
  [2, 6, 10, 18, 31, 2, 2],
  [31, 16, 30, 1, 1, 17, 14],
  [6, 8, 16, 30, 17, 17, 14],
  [31, 1, 2, 4, 8, 8, 8],
  [14, 17, 17, 14, 17, 17, 14],
  [14, 17, 17, 15, 1, 2, 12],
];

const below = (limit: number) => Math.floor(Math.random() * limit);

/** Draws digits three times as large as their glyphs, at random offsets and with noise. Returns labels from 0. */
export function pictures(count: number, digits: readonly number[]): [tf.Tensor4D, tf.Tensor2D] {
  const labels = Array.from({ length: count }, () => below(digits.length));
  const pixels = new Float32Array(count * 784).map(() => 0.3 * Math.random());
  labels.forEach((label, picture) => {
    const rows = GLYPHS[digits[label] ?? 0] ?? [];
    const [row, column] = [below(8), below(14)];
    for (let y = 0; y < 21; y++) {
      for (let x = 0; x < 15; x++) {
        const bit = ((rows[Math.floor(y / 3)] ?? 0) >> (4 - Math.floor(x / 3))) & 1;
        if (bit) pixels[picture * 784 + (row + y) * 28 + column + x] = 0.6 + 0.4 * Math.random();
      }
    }
  });
  return [
    tf.tensor4d(pixels, [count, 28, 28, 1]),
    tf.oneHot(tf.tensor1d(labels, 'int32'), digits.length) as tf.Tensor2D,
  ];
}
