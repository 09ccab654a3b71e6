import type * as tf from '@tensorflow/tfjs';
import { bytesOf } from '../graph/byte-tensor';

/** Where a tensor's first value that is NaN or infinite stands, in row-major order; undefined where there is none. */
export function firstNotFinite(tensor: tf.Tensor): number | undefined {
  if (tensor.dtype !== 'float32' || bytesOf(tensor)) return undefined;
  const values = tensor.dataSync();
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return i;
  return undefined;
}
