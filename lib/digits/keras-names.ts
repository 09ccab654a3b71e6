import * as tf from '@tensorflow/tfjs';
import { inKerasNames } from './format';

/**
 * Adds Keras's names to the logs, for the callbacks that come after it: what `fit` prints and returns
 * is called so, and early stopping has to find it. TensorFlow.js's own names stay.
 */
export class KerasNames extends tf.Callback {
  override async onBatchEnd(_batch: number, logs: tf.Logs = {}): Promise<void> {
    Object.assign(logs, inKerasNames(logs));
  }

  override async onEpochEnd(_epoch: number, logs: tf.Logs = {}): Promise<void> {
    Object.assign(logs, inKerasNames(logs));
  }
}
