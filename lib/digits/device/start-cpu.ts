import * as tf from '@tensorflow/tfjs';

/** Starts the JavaScript backend if none runs: until WebAssembly has started, operations would throw. */
export function startCpu(): void {
  if (tf.getBackend()) return;
  void tf.setBackend('cpu');
  // On Node its first operation would print advice to install another backend.
  Object.assign(tf.backend(), { firstUse: false });
}
