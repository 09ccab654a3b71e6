import type * as tf from '@tensorflow/tfjs';

/**
 * Runs `work` with labels as float32, since TensorFlow.js's sparse losses take no integers.
 * The lesson's labels are int32, as they are in Keras.
 */
export async function withFloatLabels<T>(
  labels: tf.Tensor,
  work: (labels: tf.Tensor) => Promise<T>,
): Promise<T> {
  if (labels.dtype !== 'int32') return work(labels);
  const converted = labels.toFloat();
  try {
    return await work(converted);
  } finally {
    converted.dispose();
  }
}
