/** tfjs-layers' callbacks, including internal members. */
import * as tf from '@tensorflow/tfjs';
import { withValues } from '../with-values';
import type { InnerModel } from './model';
import { type FitLoopParameters, stock } from './stock';

/** Callbacks of a training: tfjs-layers' logger, callbacks of backends, callbacks of the program, the history. */
export interface CallbackList {
  readonly callbacks: readonly tf.Callback[];
  setModel(model: InnerModel): void;
  onTrainBegin(): Promise<void>;
  onTrainEnd(): Promise<void>;
  onEpochBegin(epoch: number): Promise<void>;
}

/** Returns the callbacks created by the stock `fitLoop`, interrupted before the training. Throws tfjs-layers' errors. */
export async function callbackListOf(
  model: InnerModel,
  args: FitLoopParameters,
): Promise<CallbackList> {
  let list: CallbackList | undefined;
  const capture = function (this: CallbackList): void {
    list = this;
    throw new Error('Interrupts fitLoop');
  };
  try {
    await withValues(
      tf.CallbackList.prototype as unknown as CallbackList,
      { setModel: capture },
      // Use a derived object: the loop sets properties.
      () => stock.fitLoop.apply(Object.create(model), args),
    );
  } catch (error) {
    if (!list) throw error;
  }
  return list as unknown as CallbackList;
}

/** A callback with this package's options. */
interface Observer extends tf.Callback {
  /** `'batch'`, or the milliseconds between yields to the event loop. */
  readonly yieldEvery?: unknown;
  /**
   * The steps, counted from 1 over all epochs, after which the callback reads the model's weights. With this property,
   * possibly `[]`, the callback receives the logs of several steps together.
   */
  readonly weightsAt?: readonly number[];
}

/** Returns whether a callback reads or changes the model after single steps. */
export const isLive = (callback: Observer): boolean =>
  callback.yieldEvery === 'batch' || (hasBatchHooks(callback) && !callback.weightsAt);

export function hasBatchHooks(callback: tf.Callback): boolean {
  const { batchBegin, batchEnd, yield: onYield } = callback as unknown as Record<string, unknown>;
  if (batchBegin ?? batchEnd ?? onYield) return true;
  const isCustom = callback instanceof tf.CustomCallback;
  const { onBatchBegin, onBatchEnd } = (isCustom ? tf.CustomCallback : tf.Callback).prototype;
  return callback.onBatchBegin !== onBatchBegin || callback.onBatchEnd !== onBatchEnd;
}

export const weightsAt = (callback: Observer): readonly number[] => callback.weightsAt ?? [];

/** Returns the milliseconds between a callback's yields to the event loop. */
export const pauseOf = ({ yieldEvery }: Observer): number =>
  typeof yieldEvery === 'number' ? yieldEvery : Number.POSITIVE_INFINITY;
