import * as tf from '@tensorflow/tfjs';
import { looksAtSteps } from './callbacks';
import type { Guard } from './guard';
import { rowsFrom } from './plan';
import type { InnerModel, StepValues, Trainer } from './trainer';

/** How training is to go. */
export interface LoopOptions {
  readonly epochs: number;
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly validation: boolean;
  /** Called with the logs of tfjs-layers, in its order. */
  readonly callbacks: readonly tf.Callback[];
  /** Whether callbacks look at single steps, see the weights of each in the model and may change them. */
  readonly live: boolean;
  /** Looks at losses and weights. */
  readonly guard: Guard;
}

/** A row of numbers for the callbacks of an epoch: `loss`, metrics, `val_` values. */
type Logs = Record<string, number>;

/**
 * Trains epoch by epoch, with the semantics of tfjs-layers' own `fit`: the samples are drawn in a
 * new order each epoch, the last step takes those left over, validation follows the last step of an
 * epoch, and `model.stopTraining`, which the caller has set to false, ends training after the steps
 * at hand. Unlike there, a loss that is no number ends it with an error, once the callbacks have
 * seen it and none has ended it.
 */
export async function trainLoop(
  model: InnerModel,
  trainer: Trainer,
  samples: number,
  options: LoopOptions,
): Promise<tf.History> {
  const { batchSize, epochs, validation } = options;
  const labels = model.getDedupedMetricsNames();
  const history = new tf.History();
  const callbacks = new tf.CallbackList([...options.callbacks, history]);
  callbacks.setModel(model as never);
  callbacks.setParams({
    epochs,
    initialEpoch: 0,
    samples,
    steps: null as never,
    batchSize,
    verbose: 0,
    doValidation: validation,
    metrics: validation ? [...labels, ...labels.map(label => `val_${label}`)] : labels,
  });
  model.history = history;
  await callbacks.onTrainBegin();
  const rows = rowsFrom(0, samples);
  for (let epoch = 0; epoch < epochs && !model.stopTraining; epoch++) {
    await callbacks.onEpochBegin(epoch);
    if (options.shuffle) shuffle(rows);
    options.guard.begin(epoch);
    trainer.push();
    const logs = await trainEpoch(model, trainer, rows, labels, epoch, options);
    await callbacks.onEpochEnd(epoch, logs);
    if (!model.stopTraining) options.guard.end(epoch, logs.loss, logs.val_loss);
  }
  await callbacks.onTrainEnd();
  await history.syncData();
  return history;
}

async function trainEpoch(
  model: InnerModel,
  trainer: Trainer,
  rows: Int32Array,
  labels: readonly string[],
  epoch: number,
  options: LoopOptions,
): Promise<Logs> {
  const steps = Math.ceil(rows.length / options.batchSize);
  // The others, and a `CallbackList`, which is compiled for old browsers, take as long as all else
  // that JavaScript does in an epoch.
  const watching = options.callbacks.filter(looksAtSteps);
  const sums = labels.map(() => 0);
  let batch = 0;
  let seen = 0;
  let validated: Logs = {};
  for (const call of trainer.calls) {
    const { batchSize, steps: together } = call;
    // Nobody else waits for a step's beginning, and a call then has one step.
    if (options.live) {
      for (const callback of watching) await callback.onBatchBegin(batch, {});
    }
    const values = trainer.train(call, rows.subarray(seen, seen + together * batchSize));
    if (options.live) trainer.pull();
    const last = seen + together * batchSize === rows.length;
    if (last && options.validation) {
      trainer.pull();
      validated = named(
        labels.map(label => `val_${label}`),
        trainer.test(),
      );
    }
    for (const step of values) {
      step.forEach((value, i) => {
        sums[i] = (sums[i] ?? 0) + value * batchSize;
      });
      const stopped = model.stopTraining;
      const logs = { batch, size: batchSize, ...named(labels, step) };
      for (const callback of watching) await callback.onBatchEnd(batch, logs);
      const byCallback = model.stopTraining && !stopped;
      if (!byCallback) options.guard.step(step[0] ?? 0, epoch, batch, steps);
      batch++;
    }
    if (options.live) trainer.push();
    seen += together * batchSize;
    if (model.stopTraining) break;
  }
  trainer.pull();
  const means = sums.map(sum => sum / seen);
  return { ...validated, ...named(labels, means) };
}

const named = (labels: readonly string[], values: StepValues): Logs =>
  Object.fromEntries(labels.map((label, i) => [label, values[i] ?? Number.NaN]));

/** Fisher and Yates's shuffle, in place. */
function shuffle(rows: Int32Array): void {
  for (let i = rows.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    const row = rows[i] as number;
    rows[i] = rows[j] as number;
    rows[j] = row;
  }
}
