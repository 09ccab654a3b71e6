import * as tf from '@tensorflow/tfjs';
import type { Tensors } from './data';

/**
 * Runs `work` with labels as float32, since TensorFlow.js's sparse losses take no integers.
 * The lesson's labels are int32, as they are in Keras.
 */
export async function withFloatLabels<L extends Tensors, T>(
  labels: L,
  work: (labels: L) => Promise<T>,
): Promise<T> {
  const made: tf.Tensor[] = [];
  const asFloat = (tensor: tf.Tensor) => {
    if (tensor.dtype !== 'int32') return tensor;
    const converted = tensor.toFloat();
    made.push(converted);
    return converted;
  };
  try {
    return await work((Array.isArray(labels) ? labels.map(asFloat) : asFloat(labels)) as L);
  } finally {
    tf.dispose(made);
  }
}
