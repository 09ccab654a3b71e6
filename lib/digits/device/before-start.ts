import * as tf from '@tensorflow/tfjs';

/**
 * Prepares TensorFlow.js for operations before a device has been started: the JavaScript backend executes them,
 * and `tf.ready()` starts the device. Does nothing if the program has chosen a backend.
 */
export function prepareBeforeStart(useDevice: () => Promise<unknown>): void {
  if (tf.getBackend()) return;
  void tf.setBackend('cpu');
  // On Node, the first operation would otherwise suggest installing another backend.
  Object.assign(tf.backend(), { firstUse: false });
  const engine = tf.engine();
  const { ready } = engine;
  engine.ready = async () => {
    if (!isStarted()) await useDevice();
    return ready.call(engine);
  };
}

/** Returns whether a backend other than the JavaScript backend is active. */
export const isStarted = (): boolean => ![undefined, '', 'cpu'].includes(tf.getBackend());
