import * as tf from '@tensorflow/tfjs';

/** Splits samples into parts to be computed in parallel. */
export function partsOf(samples: tf.Tensor, count: number): tf.Tensor[] {
  const [total = 0] = samples.shape;
  const ends = Array.from({ length: count + 1 }, (_, part) => Math.floor((total * part) / count));
  const sizes = ends.slice(1).map((end, part) => end - (ends[part] ?? 0));
  return count === 1 ? [samples] : tf.split(samples, sizes);
}
