import * as tf from '@tensorflow/tfjs';

/**
 * Computes what share of some pictures is among others; 0 where either were disposed of.
 *
 * @param pictures shape `[samples, ...]`; the first 200 are looked at.
 */
export function shareWithin(pictures: tf.Tensor, others: tf.Tensor): number {
  if (pictures.isDisposed || others.isDisposed) return 0;
  const looked = fingerprints(pictures, Math.min(200, pictures.shape[0] ?? 0));
  const known = new Set(fingerprints(others, others.shape[0] ?? 0));
  return looked.filter(print => known.has(print)).length / looked.length;
}

/** Four sums of a picture's pixels, each weighted otherwise, which no other picture has. */
function fingerprints(pictures: tf.Tensor, count: number): string[] {
  const size = pictures.size / (pictures.shape[0] ?? 1);
  const sums = tf.tidy(() => {
    const factors = Float32Array.from({ length: 4 * size }, (_, i) => Math.sin(i + 1));
    const rows = pictures.slice(0, count).reshape([count, size]).toFloat();
    return rows.matMul(tf.tensor2d(factors, [size, 4])).arraySync() as number[][];
  });
  // Rounded, since a sum depends on how many are computed at once.
  return sums.map(row => row.map(sum => Math.round(100 * sum)).join());
}
