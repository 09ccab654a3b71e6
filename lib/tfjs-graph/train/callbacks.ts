import * as tf from '@tensorflow/tfjs';
import type { YieldEvery } from './event-loop';

/** Functions by their names, or a callback such as `tf.callbacks.earlyStopping()`. */
export type Callbacks = tf.CustomCallbackArgs | CallbackObject;

/**
 * A callback by what only an object of its class has: with more in common with the functions, TypeScript
 * could not tell the types of their parameters.
 */
type CallbackObject = Pick<tf.Callback, 'setParams'>;

/** Makes callbacks of what `model.fit` takes for them: one, or several in an array. */
export const asCallbacks = (
  given: Callbacks | readonly Callbacks[] | null | undefined,
  yieldEvery: YieldEvery,
): tf.Callback[] =>
  ([given ?? []].flat() as Callbacks[]).map(each =>
    // Checks no class: another copy of TensorFlow.js, such as tfjs-node's own, has another one.
    'setParams' in each
      ? (each as tf.Callback)
      : (new tf.CustomCallback(each, yieldEvery) as unknown as tf.Callback),
  );

/** Says whether a callback is to see single steps, and the weights after each. */
export function looksAtSteps(callback: tf.Callback): boolean {
  const { batchBegin, batchEnd, yield: onYield } = callback as unknown as Record<string, unknown>;
  if (batchBegin ?? batchEnd ?? onYield) return true;
  const isCustom = callback instanceof tf.CustomCallback;
  const { onBatchBegin, onBatchEnd } = (isCustom ? tf.CustomCallback : tf.Callback).prototype;
  return callback.onBatchBegin !== onBatchBegin || callback.onBatchEnd !== onBatchEnd;
}

/**
 * Returns the steps behind which a callback reads the model's weights, if it says so in `weightsAt`: counted
 * from 1 on over all epochs of a training. It leaves the weights alone, and costs no more than these readings.
 */
export const weightsAt = (callback: tf.Callback): readonly number[] | undefined =>
  (callback as unknown as { readonly weightsAt?: readonly number[] }).weightsAt;

/** Says whether `model.fit` would show its progress: the packages of the native engine have it do so. */
export const showsProgress = (): boolean => tf.findBackendFactory('tensorflow') !== null;

/** Prints a line at the end of each epoch: its number, its seconds, the loss and the metrics. */
export class Progress extends tf.Callback {
  private began = 0;

  override async onEpochBegin(): Promise<void> {
    this.began = performance.now();
  }

  override async onEpochEnd(epoch: number, logs: tf.Logs = {}): Promise<void> {
    const seconds = (performance.now() - this.began) / 1000;
    const values = Object.entries(logs).map(([name, value]) => `${name} ${brief(Number(value))}`);
    console.log(
      [`Epoch ${epoch + 1}/${this.params.epochs}: ${brief(seconds)} s`, ...values].join(', '),
    );
  }
}

/** Four digits, as many as tell two epochs apart. */
const brief = (value: number): string => String(Number(value.toPrecision(4)));
