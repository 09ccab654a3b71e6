import * as tf from '@tensorflow/tfjs';

/**
 * Starts the JavaScript backend if none is active, because operations would throw until WebAssembly has
 * started.
 */
export function startCpu(): void {
  if (tf.getBackend()) return;
  void tf.setBackend('cpu');
  // On Node, the first operation would otherwise suggest installing another backend.
  Object.assign(tf.backend(), { firstUse: false });
}
