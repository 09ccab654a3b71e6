import * as tf from '@tensorflow/tfjs';

/** Divides samples into parts that are computed side by side. */
export function partsOf(samples: tf.Tensor, count: number): tf.Tensor[] {
  const [all = 0] = samples.shape;
  const ends = Array.from({ length: count + 1 }, (_, part) => Math.floor((all * part) / count));
  const sizes = ends.slice(1).map((end, part) => end - (ends[part] ?? 0));
  return count === 1 ? [samples] : tf.split(samples, sizes);
}
