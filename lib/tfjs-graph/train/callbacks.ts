import * as tf from '@tensorflow/tfjs';

/** Functions by their names, or a callback such as `tf.callbacks.earlyStopping()`. */
export type Callbacks = tf.CustomCallbackArgs | tf.CustomCallback | tf.Callback;

/** The class of all callbacks of TensorFlow.js, which does not export it. */
const BaseCallback: new () => tf.Callback = Object.getPrototypeOf(tf.Callback);

export const asCallback = (callbacks: Callbacks): tf.Callback =>
  callbacks instanceof BaseCallback
    ? callbacks
    : (new tf.CustomCallback(callbacks as tf.CustomCallbackArgs, 'auto') as unknown as tf.Callback);

/** Says whether a callback is to see single steps, and the weights after each. */
export function looksAtSteps(callback: tf.Callback): boolean {
  const { batchBegin, batchEnd, yield: onYield } = callback as unknown as StepFunctions;
  if (batchBegin ?? batchEnd ?? onYield) return true;
  const isCustom = callback instanceof tf.CustomCallback;
  const { onBatchBegin, onBatchEnd } = (isCustom ? tf.CustomCallback : tf.Callback).prototype;
  return callback.onBatchBegin !== onBatchBegin || callback.onBatchEnd !== onBatchEnd;
}

/** Where a custom callback keeps the functions that it was given. */
interface StepFunctions {
  readonly batchBegin?: unknown;
  readonly batchEnd?: unknown;
  readonly yield?: unknown;
}
