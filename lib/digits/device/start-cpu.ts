/** Starts the JavaScript backend if none is active: operations would throw until WebAssembly has started. */
import * as tf from '@tensorflow/tfjs';

if (!tf.getBackend()) {
  void tf.setBackend('cpu');
  // On Node, the first operation would otherwise suggest installing another backend.
  Object.assign(tf.backend(), { firstUse: false });
}
