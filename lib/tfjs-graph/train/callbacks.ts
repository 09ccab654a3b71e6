/** tfjs-layers' callbacks, with the members that their public types leave out. */
import * as tf from '@tensorflow/tfjs';
import { withValues } from '../with-values';
import { type FitLoopParameters, stock } from './stock';
import type { InnerModel } from './trainer';

/** The callbacks of a training: tfjs-layers' logger, those of the engine's packages, the program's, the history. */
export interface CallbackList {
  readonly callbacks: readonly tf.Callback[];
  setModel(model: InnerModel): void;
  onTrainBegin(): Promise<void>;
  onTrainEnd(): Promise<void>;
  onEpochBegin(epoch: number): Promise<void>;
}

/**
 * Returns the callbacks that `fitLoop` makes, with their parameters: it has no method of its own for them.
 *
 * @throws tfjs-layers' errors about the arguments.
 */
export async function callbackListOf(
  model: InnerModel,
  given: FitLoopParameters,
): Promise<CallbackList> {
  let list: CallbackList | undefined;
  const capturing = function (this: CallbackList): void {
    list = this;
    throw new Error('The callbacks are known');
  };
  try {
    await withValues(
      tf.CallbackList.prototype as unknown as CallbackList,
      { setModel: capturing },
      // A derived model: the loop sets properties.
      () => stock.fitLoop.apply(Object.create(model), given),
    );
  } catch (error) {
    if (!list) throw error;
  }
  return list as unknown as CallbackList;
}

/** Returns whether a callback reads or changes the model after single steps. */
export const isLive = (callback: tf.Callback): boolean =>
  yieldEvery(callback) === 'batch' || (hasBatchHooks(callback) && !weightsAt(callback));

/** Returns whether a callback has functions that are called for single steps. */
export function hasBatchHooks(callback: tf.Callback): boolean {
  const { batchBegin, batchEnd, yield: onYield } = callback as unknown as Record<string, unknown>;
  if (batchBegin ?? batchEnd ?? onYield) return true;
  const isCustom = callback instanceof tf.CustomCallback;
  const { onBatchBegin, onBatchEnd } = (isCustom ? tf.CustomCallback : tf.Callback).prototype;
  return callback.onBatchBegin !== onBatchBegin || callback.onBatchEnd !== onBatchEnd;
}

/**
 * Returns the steps after which a callback reads the model's weights, if its property `weightsAt` names them,
 * counted from 1 over all epochs: `[]` for a callback that only reads the logs. Such a callback hears of
 * several steps at once, after they are done.
 */
export const weightsAt = (callback: tf.Callback): readonly number[] | undefined =>
  (callback as unknown as { readonly weightsAt?: readonly number[] }).weightsAt;

/** Returns the milliseconds after which a callback lets the event loop run. */
export function pauseOf(callback: tf.Callback): number {
  const every = yieldEvery(callback);
  return typeof every === 'number' ? every : Number.POSITIVE_INFINITY;
}

const yieldEvery = (callback: tf.Callback): unknown =>
  (callback as unknown as { readonly yieldEvery?: unknown }).yieldEvery;
