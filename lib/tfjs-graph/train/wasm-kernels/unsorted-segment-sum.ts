import * as tf from '@tensorflow/tfjs';
import type { Compute } from './kernel';

/** The sums of the rows that belong to each segment: the gradient of an embedding. */
export const unsortedSegmentSum: Compute = ({ x, segmentIds }, { numSegments }) => {
  const { shape } = x as tf.Tensor;
  const numbers = (x as tf.Tensor).dataSync();
  const ids = (segmentIds as tf.Tensor).dataSync();
  const segments = numSegments as number;
  const row = numbers.length / Math.max(1, ids.length);
  const sums = new Float32Array(segments * row);
  ids.forEach((id, i) => {
    if (id < 0 || id >= segments) return;
    for (let k = 0; k < row; k++) {
      const place = id * row + k;
      sums[place] = (sums[place] ?? Number.NaN) + (numbers[i * row + k] ?? Number.NaN);
    }
  });
  return tf.tensor(sums, [segments, ...shape.slice(1)]);
};
