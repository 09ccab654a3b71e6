import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import { looksAtSteps } from './callbacks';
import type { Checkpoint } from './checkpoint';
import type { Turns } from './event-loop';
import { epochOf, rowsFrom, SampleMeans } from './steps';
import type { StepValues, Trainer, TrainerInput } from './trainer';

interface EpochOptions {
  /** The first one, and the one before which training ends, counted from 0. */
  readonly initialEpoch: number;
  readonly epochs: number;
  readonly shuffle: boolean;
  /** Called with the logs of tfjs-layers, in its order. */
  readonly callbacks: readonly tf.Callback[];
  readonly checkpoint: Checkpoint;
  readonly turns: Turns;
  readonly verbose: number;
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
export async function trainEpochs(
  input: TrainerInput,
  trainer: Trainer,
  options: EpochOptions,
): Promise<tf.History> {
  const { model, batchSize, training, validation } = input;
  const { epochs, initialEpoch, checkpoint, turns, verbose } = options;
  const samples = training.count;
  const labels = model.getDedupedMetricsNames();
  const history = new tf.History();
  const callbacks = new tf.CallbackList([...options.callbacks, history]);
  callbacks.setModel(model as never);
  callbacks.setParams({
    epochs,
    initialEpoch,
    samples,
    steps: null as never,
    batchSize,
    verbose,
    doValidation: validation !== undefined,
    metrics: validation ? [...labels, ...labels.map(inValidation)] : labels,
  });
  model.history = history;
  const steps = Math.ceil(samples / batchSize);
  const rows = rowsFrom(0, samples);

  const trainEpoch = async (epoch: number): Promise<Logs> => {
    // To tell the others too, or by a `CallbackList`, which is compiled for old browsers, would take as
    // long as all else that JavaScript does in an epoch.
    const watching = options.callbacks.filter(looksAtSteps);
    const means = new SampleMeans();
    let validated: Logs = {};
    let batch = 0;
    /** Announces a step if a call has a single one; nothing else waits for it. */
    const begin = async () => {
      if (!input.live || batch === steps) return;
      for (const callback of watching) await callback.onBatchBegin(batch, {});
    };
    await begin();
    for (const taken of epochOf(trainer, input, rows, (epoch - initialEpoch) * steps)) {
      if (taken.validation) validated = named(labels.map(inValidation), taken.validation);
      for (const step of taken.values) {
        means.add(step, taken.batchSize);
        const stopped = model.stopTraining;
        const logs = { batch, size: taken.batchSize, ...named(labels, step) };
        for (const callback of watching) await callback.onBatchEnd(batch, logs);
        const byCallback = model.stopTraining && !stopped;
        if (!byCallback) checkpoint.step(at(step, 0), epoch, batch, steps);
        batch++;
      }
      await turns.afterSteps();
      if (model.stopTraining) break;
      await begin();
    }
    return { ...validated, ...named(labels, means.value()) };
  };

  await callbacks.onTrainBegin();
  for (let epoch = initialEpoch; epoch < epochs && !model.stopTraining; epoch++) {
    await callbacks.onEpochBegin(epoch);
    if (options.shuffle) tf.util.shuffle(rows);
    checkpoint.begin(epoch);
    const logs = await trainEpoch(epoch);
    await callbacks.onEpochEnd(epoch, logs);
    await turns.afterEpoch();
    if (!model.stopTraining) checkpoint.end(epoch, logs.loss, logs.val_loss);
  }
  await callbacks.onTrainEnd();
  await history.syncData();
  return history;
}

const inValidation = (label: string) => `val_${label}`;

const named = (labels: readonly string[], values: StepValues): Logs =>
  Object.fromEntries(labels.map((label, i) => [label, at(values, i)]));
