/** The loop of `model.fit`, with tfjs-layers' semantics, but several compiled steps per call. */
import * as tf from '@tensorflow/tfjs';
import { nativeBackend } from '../backend';
import {
  type CallbackList,
  callbackListOf,
  hasBatchHooks,
  isLive,
  pauseOf,
  weightsAt,
} from './callbacks';
import type { CompiledSteps } from './compiled-steps';
import { nextTurn } from './event-loop';
import type { InnerModel, StepValues } from './model';
import { withoutNulls } from './single-steps';
import { stepsFor } from './step-cache';
import { allRows, callsOf } from './steps';
import { type FitLoopParameters, stock, trainStep } from './stock';

/** Thresholds for compiled training, measured with many kinds of models on two cores. */
export const gains = {
  /** Steps over all epochs for which compiling is worthwhile. */
  steps: 8,
  /** Samples over all epochs for which compiling to WebAssembly, without computation, is worthwhile. */
  samples: 4096,
};

interface Training {
  readonly model: InnerModel;
  readonly steps: CompiledSteps;
  readonly list: CallbackList;
  /** Callbacks that receive the logs of several steps together. */
  readonly observers: readonly tf.Callback[];
  readonly labels: readonly string[];
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly initialEpoch: number;
  readonly epochs: number;
  /** Steps after which to update the model's weights, counted from 1 over all epochs. */
  readonly stops: readonly number[];
  /** Milliseconds between yields to the event loop. */
  readonly pause: number;
  lastYield: number;
}

/**
 * Trains like tfjs-layers' `fitLoop`. Falls back to the stock loop if callbacks need single steps, or if compiling is
 * not worthwhile or fails.
 */
export async function compiledFitLoop(
  model: InnerModel,
  args: FitLoopParameters,
): Promise<tf.History> {
  const [f, ins, labels, batchSize, epochs, , callbacks, , valIns, shuffle] = args;
  const [initialEpoch, stepsPerEpoch, validationSteps] = args.slice(11) as (number | null)[];
  const options = {
    batchSize: batchSize ?? 32,
    epochs: epochs ?? 1,
    initialEpoch: initialEpoch ?? 0,
    shuffle: shuffle !== false,
  };
  const stockLoop = (step: typeof f) =>
    stock.fitLoop.apply(model as never, [step, ...args.slice(1)] as FitLoopParameters);
  const userCallbacks = callbacks ?? [];
  // `f` compiles single steps.
  if (userCallbacks.some(isLive)) return stockLoop(f);
  const training = withoutNulls(ins);
  const worth = worthOf(training?.[0]?.shape[0] ?? 0, options);
  const isOther = shuffle === 'batch' || stepsPerEpoch != null || validationSteps != null;
  // Without a step, the optimizer must not create slots.
  if (!training || isOther || worth.steps === 0) return stockLoop(trainStep(model));

  const list = await callbackListOf(model, args);
  const stops = userCallbacks.flatMap(weightsAt);
  const steps = stepsFor(model, {
    training,
    validation: withoutNulls(valIns ?? []) ?? [],
    batchSize: options.batchSize,
    stops,
    ...worth,
  });
  if (!steps) return stockLoop(trainStep(model));
  try {
    const observers = list.callbacks.slice(1).filter(hasBatchHooks);
    const pause = Math.min(...userCallbacks.map(pauseOf));
    const lastYield = performance.now();
    const hooks = { list, observers, stops, pause, lastYield };
    return await runEpochs({ ...options, ...hooks, model, steps, labels });
  } finally {
    steps.release();
  }
}

/** Returns the number of steps of a training, and the minimum for which compiling is worthwhile. */
function worthOf(
  samples: number,
  { batchSize, epochs, initialEpoch }: Pick<Training, 'batchSize' | 'epochs' | 'initialEpoch'>,
): { steps: number; minSteps: number } {
  const count = Math.max(0, epochs - initialEpoch);
  const isLarge = !nativeBackend() && count * samples >= gains.samples;
  return { steps: count * Math.ceil(samples / batchSize), minSteps: isLarge ? 1 : gains.steps };
}

async function runEpochs(training: Training): Promise<tf.History> {
  const { model, steps, list, shuffle, initialEpoch, epochs } = training;
  const [logger, ...callbacks] = list.callbacks;
  const rows = allRows(steps.input.training.count);
  const perEpoch = Math.ceil(rows.length / training.batchSize);
  list.setModel(model);
  model.history = list.callbacks.at(-1) as unknown as tf.History;
  await list.onTrainBegin();
  model.stopTraining_ = false;
  for (let epoch = initialEpoch; epoch < epochs; epoch++) {
    await list.onEpochBegin(epoch);
    if (shuffle) tf.util.shuffle(rows);
    const logs: Record<string, number | tf.Scalar> = await runEpoch(
      training,
      rows,
      (epoch - initialEpoch) * perEpoch,
    );
    await logger?.onEpochEnd(epoch, logs);
    // Convert to tensors, like tfjs-layers.
    for (const [name, value] of Object.entries(logs))
      logs[name] = tf.keep(tf.scalar(value as number));
    for (const callback of callbacks) await callback.onEpochEnd(epoch, logs);
    if (model.stopTraining_) break;
  }
  await list.onTrainEnd();
  await (model.history as unknown as { syncData(): Promise<void> }).syncData();
  return model.history;
}

/**
 * Runs the steps of an epoch, after the `previousSteps` of earlier epochs. Whenever other code runs, the model's weights
 * and the optimizer's state are up to date, and assignments take effect. Returns loss and metrics of the validation.
 */
async function runEpoch(
  training: Training,
  rows: Int32Array,
  previousSteps: number,
): Promise<Record<string, number>> {
  const { model, steps, list, observers, labels, batchSize, stops, pause } = training;
  const validationLogs: Record<string, number> = {};
  const totals: Record<string, number> = {};
  let seenSamples = 0;
  let batch = 0;
  const maxSteps = () => {
    const toStops = stops.map(stop => stop - previousSteps - batch).filter(count => count > 0);
    return Math.min(steps.stepsAtOnce(), ...toStops);
  };
  const logsOf = (values: StepValues, prefix = '') =>
    Object.fromEntries(labels.map((label, i) => [prefix + label, values[i] ?? Number.NaN]));
  try {
    for (const call of callsOf(rows, batchSize, maxSteps)) {
      const values = steps.train(call);
      const isDue = performance.now() - training.lastYield >= pause;
      if (isDue || call.isLast || stops.includes(previousSteps + batch + call.steps)) steps.pull();
      if (call.isLast && steps.input.validation.count > 0)
        Object.assign(validationLogs, logsOf(steps.validate(), 'val_'));
      // Awaiting each hook would take 10 % of the lesson's epoch.
      const hooks: Promise<void>[] = [];
      for (const step of values) {
        const logs: Record<string, number> = { batch, size: call.batchSize, ...logsOf(step) };
        for (const observer of observers) hooks.push(observer.onBatchEnd(batch, logs));
        for (const label of labels)
          totals[label] = (totals[label] ?? 0) + call.batchSize * (logs[label] ?? Number.NaN);
        batch++;
      }
      seenSamples += call.batchSize * values.length;
      await Promise.all(hooks);
      if (isDue) {
        await nextTurn();
        training.lastYield = performance.now();
      }
      if (model.stopTraining_) break;
    }
  } finally {
    steps.pull();
  }
  // The logger's sums over steps.
  Object.assign(list.callbacks[0] as tf.Callback, { totals, seen: seenSamples });
  return validationLogs;
}
