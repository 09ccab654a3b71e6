import * as tf from '@tensorflow/tfjs';
import { inKerasNames } from '../format';

/**
 * Gives the logs Keras's names and their order, those of the validation last, for the callbacks that
 * come after it and for the history: what `fit` prints is called so. Under TensorFlow.js's own names the values can still be read, but are not listed.
 */
export class KerasNames extends tf.Callback {
  /** @param ofSteps whether a callback may look at the logs of single steps, too. */
  constructor(ofSteps: boolean) {
    super();
    if (ofSteps) this.onBatchEnd = async (_batch, logs = {}) => rename(logs as tf.Logs);
  }

  override async onEpochEnd(_epoch: number, logs: tf.Logs = {}): Promise<void> {
    rename(logs);
  }
}

function rename(logs: tf.Logs): void {
  const values = { ...logs };
  for (const name of Object.keys(values)) delete logs[name];
  const isOfValidation = ([name]: [string, unknown]) => Number(name.startsWith('val_'));
  const sorted = Object.entries(values).sort((a, b) => isOfValidation(a) - isOfValidation(b));
  Object.assign(logs, inKerasNames(Object.fromEntries(sorted)));
  for (const [name, value] of Object.entries(values)) {
    if (!(name in logs)) Object.defineProperty(logs, name, { value });
  }
}
