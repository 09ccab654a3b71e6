/** The loop of `model.fit`, with the semantics of tfjs-layers' own, and several compiled steps a call. */
import * as tf from '@tensorflow/tfjs';
import { nativeBackend } from '../graph/backend';
import {
  type CallbackList,
  callbackListOf,
  hasBatchHooks,
  isLive,
  pauseOf,
  weightsAt,
} from './callbacks';
import { type CompiledSteps, compiledSteps, overdue, settle } from './compiled-steps';
import { nextTurn } from './event-loop';
import { withoutNulls } from './single-steps';
import { allRows, callsOf } from './steps';
import { type FitLoopParameters, stock, trainStep } from './stock';
import { type InnerModel, type StepValues, trainableWeights } from './trainer';

/** Which trainings gain by compiled steps, measured on models of all kinds, on two cores. */
export const gains = {
  /** The number of steps, over all epochs, that takes as long as compiling them. */
  steps: 8,
  /** The number of samples, over all epochs, where compiling computes nothing: to WebAssembly. */
  samples: 4096,
};

interface Training {
  readonly model: InnerModel;
  readonly steps: CompiledSteps;
  readonly list: CallbackList;
  /** The callbacks that get the logs of single steps, after several steps are done. */
  readonly observers: readonly tf.Callback[];
  /** The names of loss and metrics. */
  readonly labels: readonly string[];
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly initialEpoch: number;
  readonly epochs: number;
  /** Steps after which the model gets its weights, counted from 1 over all epochs. */
  readonly stops: readonly number[];
  /** Milliseconds from one turn of the event loop to the next. */
  readonly pause: number;
  /** The time of the last turn. */
  yielded: number;
}

/**
 * Trains like `fitLoop` of tfjs-layers, whose parameters it takes. That loop itself runs if callbacks look at single
 * steps, or if compiling the steps would gain nothing or fails.
 */
export async function compiledFitLoop(
  model: InnerModel,
  given: FitLoopParameters,
): Promise<tf.History> {
  const [f, ins, labels, batchSize, epochs, , callbacks, , valIns, shuffle] = given;
  const [initialEpoch, stepsPerEpoch, validationSteps] = given.slice(11) as (number | null)[];
  const options = {
    batchSize: batchSize ?? 32,
    epochs: epochs ?? 1,
    initialEpoch: initialEpoch ?? 0,
    shuffle: shuffle !== false,
  };
  const stockLoop = (step: typeof f) =>
    stock.fitLoop.apply(model as never, [step, ...given.slice(1)] as FitLoopParameters);
  const userCallbacks = callbacks ?? [];
  // `f` compiles single steps.
  if (userCallbacks.some(isLive)) return stockLoop(f);
  const training = withoutNulls(ins);
  const worth = worthOf(training?.[0]?.shape[0] ?? 0, options);
  const isOther = shuffle === 'batch' || stepsPerEpoch != null || validationSteps != null;
  // Without a step, the optimizer makes no slots.
  if (!training || isOther || worth.steps === 0) return stockLoop(trainStep(model));

  const list = await callbackListOf(model, given);
  const stops = userCallbacks.flatMap(callback => weightsAt(callback) ?? []);
  const steps = compiledSteps(model, {
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
    const yielded = performance.now();
    const hooks = { list, observers, stops, pause, yielded };
    return await runEpochs({ ...options, ...hooks, model, steps, labels });
  } finally {
    steps.release();
  }
}

/** Returns the number of steps of a training, and the number from which on compiling them gains. */
function worthOf(
  samples: number,
  { batchSize, epochs, initialEpoch }: Pick<Training, 'batchSize' | 'epochs' | 'initialEpoch'>,
): { steps: number; least: number } {
  const count = Math.max(0, epochs - initialEpoch);
  const isLarge = !nativeBackend() && count * samples >= gains.samples;
  return { steps: count * Math.ceil(samples / batchSize), least: isLarge ? 1 : gains.steps };
}

async function runEpochs(training: Training): Promise<tf.History> {
  const { model, steps, list, shuffle, initialEpoch, epochs } = training;
  const [logger, ...callbacks] = list.callbacks;
  const rows = allRows(steps.training.count);
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
    // As tensors, like those of tfjs-layers.
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
 * Runs the steps of an epoch. Whenever other code can run, the model has the weights, and its optimizer the state, of
 * the last step; what that code assigns to them is taken over.
 *
 * @param past the number of steps of the epochs before.
 * @returns loss and metrics of the validation.
 */
async function runEpoch(
  training: Training,
  rows: Int32Array,
  past: number,
): Promise<Record<string, number>> {
  const { model, steps, list, observers, labels, batchSize, stops, pause } = training;
  const { trainer, validation } = steps;
  const validated: Record<string, number> = {};
  const totals: Record<string, number> = {};
  let seen = 0;
  let batch = 0;
  const next = () => {
    const toStops = stops.map(stop => stop - past - batch).filter(count => count > 0);
    return Math.min(trainer.stepsAtOnce?.() ?? 1, ...toStops);
  };
  const logsOf = (values: StepValues, prefix = '') =>
    Object.fromEntries(labels.map((label, i) => [prefix + label, values[i] ?? Number.NaN]));
  const pull = () => {
    overdue.delete(pull);
    trainer.pull();
  };
  const push = () => {
    // Throws tfjs-layers' error if the model was disposed of meanwhile.
    trainableWeights(model);
    settle();
    trainer.push();
  };
  try {
    for (const call of callsOf(rows, batchSize, next)) {
      if (!overdue.has(pull)) push();
      // Also if the call fails: some of its steps may be done.
      overdue.add(pull);
      const values = trainer.train(call);
      const isDue = performance.now() - training.yielded >= pause;
      if (isDue || call.isLast || stops.includes(past + batch + call.steps)) pull();
      if (call.isLast && validation)
        Object.assign(validated, logsOf(trainer.validate(validation), 'val_'));
      // To wait for each hook would take a tenth of the time of the lesson's epoch.
      const hooks: Promise<void>[] = [];
      for (const step of values) {
        const logs: Record<string, number> = { batch, size: call.batchSize, ...logsOf(step) };
        for (const observer of observers) hooks.push(observer.onBatchEnd(batch, logs));
        for (const label of labels)
          totals[label] = (totals[label] ?? 0) + call.batchSize * (logs[label] ?? Number.NaN);
        batch++;
      }
      seen += call.batchSize * values.length;
      await Promise.all(hooks);
      if (isDue) {
        await nextTurn();
        training.yielded = performance.now();
      }
      if (model.stopTraining_) break;
    }
  } finally {
    if (overdue.has(pull)) pull();
  }
  // As the logger sums up the logs of steps.
  Object.assign(list.callbacks[0] as tf.Callback, { totals, seen });
  return validated;
}
