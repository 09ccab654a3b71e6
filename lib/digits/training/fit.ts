import * as tf from '@tensorflow/tfjs';
import { NotRecordableError, nextTurn, onFallback } from 'tfjs-graph';
import { kerasMetricName } from '../format';
import { checkArgs, checkClasses } from '../input/data';
import { lossOf, requireDevice, type Tensors } from '../input/model';
import { likelyCause } from '../input/not-finite';
import { messages } from '../language';
import { markOpenCalls, openWork, watchEngine } from '../notebook/interrupt';
import { LiveCurves } from './live-curves';
import { NanGuard } from './nan-guard';
import { KerasLogs, ProgressCallback, toStandardOutput } from './progress';
import { UnitRecorder } from './record-units';
import { stock } from './stock';
import { remember } from './training-log';

/** Result of a training. TensorFlow.js's metric names are readable as non-enumerable properties. */
export interface TrainingHistory extends tf.History {
  /** Loss and metrics by printed name, one value an epoch; validation metrics have the prefix `val_`. */
  history: Record<string, number[]>;
}

/**
 * Callback functions by name, or a callback object such as `tf.callbacks.earlyStopping()`. `setParams` exists
 * only on callback objects. With more common members, TypeScript could not infer the parameter types of the
 * functions.
 */
type Callbacks = tf.CustomCallbackArgs | Pick<tf.Callback, 'setParams'>;

/** Arguments of `model.fit`, as in Keras. */
export interface FitArgs extends Omit<tf.ModelFitArgs, 'callbacks' | 'verbose'> {
  /** Callbacks; their logs contain the printed names and TensorFlow.js's names. */
  callbacks?: Callbacks | Callbacks[];
  /** 0 prints nothing, 1 a progress line per epoch, 2 only the result; defaults to 1. */
  verbose?: 0 | 1 | 2;
}

export async function fit(
  this: tf.LayersModel,
  x: Tensors,
  y: Tensors,
  args: FitArgs = {},
): Promise<TrainingHistory> {
  requireDevice();
  checkArgs(x, args);
  checkClasses(this, x, y);
  const { validationData } = args;
  const [valX, valY] = validationData ?? [];
  if (valX && valY) checkClasses(this, valX, valY);
  const labels = floats(y);
  const valLabels = floats(valY);
  try {
    const data = { x, y, validationData };
    const history = await train(this, args, data, callbacks =>
      stock.fit.call(this, x, labels, {
        ...args,
        ...(validationData && { validationData: [valX, valLabels] as never }),
        ...callbacks,
      }),
    );
    remember(history, this, x, y, args);
    return history;
  } finally {
    tf.dispose([labels, valLabels] as tf.TensorContainer);
  }
}

export const fitDataset: tf.LayersModel['fitDataset'] = async function (
  this: tf.LayersModel,
  dataset,
  args,
) {
  requireDevice();
  return train(this, args ?? {}, {}, callbacks =>
    stock.fitDataset.call(this, dataset, { ...args, ...callbacks } as never),
  );
};

/**
 * Trains with progress lines, live curves, interrupts and the NaN guard.
 *
 * @param data possible causes of a NaN, by the names in the error message.
 * @param start calls TensorFlow.js's own training with additional `callbacks` and `verbose`.
 */
async function train(
  model: tf.LayersModel,
  args: Pick<FitArgs, 'callbacks' | 'verbose' | 'yieldEvery'>,
  data: { readonly x?: Tensors; readonly y?: Tensors; readonly validationData?: unknown },
  start: (added: { callbacks: tf.Callback[]; verbose: 0 }) => Promise<tf.History>,
): Promise<TrainingHistory> {
  const { verbose = 1, yieldEvery = YIELD } = args;
  const progress = new ProgressCallback(toStandardOutput, verbose);
  const callbacks = [args.callbacks ?? []].flat();
  const curves = callbacks.filter(callback => callback instanceof LiveCurves);
  let isInterrupted = false;
  const stop = () => {
    const isFirst = !isInterrupted;
    isInterrupted = true;
    model.stopTraining = true;
    return isFirst;
  };
  const abandon = () => {
    stop();
    // TensorFlow.js resets `isTraining` in a `finally`, skipped by an interrupt.
    Object.assign(model, { isTraining: false });
  };
  const close = openWork({ stop, abandon });
  try {
    await yieldFromCell();
    /** Makes a callback that yields to the event loop. The default, `tf.nextFrame`, never resolves in a hidden page. */
    const custom = (functions: tf.CustomCallbackArgs) =>
      new tf.CustomCallback({ ...functions, nextFrameFunc: nextTurn }, yieldEvery);
    const all = [
      new KerasLogs(callbacks.some(readsSteps)),
      // Curves come first, to appear above the progress lines.
      ...curves,
      progress,
      custom({
        // tfjs-layers resets `stopTraining` before the first epoch.
        onEpochBegin: () => {
          if (isInterrupted) model.stopTraining = true;
        },
        onEpochEnd: nextTurn,
      }),
      ...callbacks
        .filter(callback => !(callback instanceof LiveCurves))
        .map(callback => ('setParams' in callback ? callback : custom(callback))),
      new NanGuard(progress, data),
    ];
    const history = isInterrupted
      ? Object.assign(new tf.History(), { epoch: [], history: {} })
      : await start({ callbacks: all as tf.Callback[], verbose: 0 });
    const result = history as TrainingHistory;
    addStockNames(result.history, model);
    const { interrupted, interruptedAtOnce } = messages().training;
    const { epoch: reached, step, steps } = progress.position;
    const stopped = reached === 0 ? interruptedAtOnce : interrupted(reached, step, steps);
    const message = isInterrupted ? stopped : verdict(model, data.x, progress.firstLoss, result);
    if (message && verbose) toStandardOutput(message);
    return result;
  } finally {
    close();
    for (const curve of curves) curve.finish();
  }
}

watchEngine(tf.engine());

/**
 * Waits until the cell's own code has returned. An interrupt aborts that code at any point and skips every
 * `finally`, so work that must not be aborted starts after this wait. A second turn lets the next queued cell
 * begin, because an interrupt between two cells would drop it.
 *
 * On a stock tslab, earlier interrupts may have left operations and gradients open. This function closes them,
 * since no call can be open here. Scopes stay open: a cell may have called `startScope`.
 */
async function yieldFromCell(): Promise<void> {
  await nextTurn();
  await nextTurn();
  markOpenCalls()();
}

/** Adds TensorFlow.js's own names as non-enumerable properties, as in `history.acc`. */
function addStockNames(history: Record<string, number[]>, { metricsNames }: tf.LayersModel): void {
  for (const name of metricsNames.flatMap(name => [name, `val_${name}`])) {
    const value = history[kerasMetricName(name)];
    if (value && !(name in history)) Object.defineProperty(history, name, { value });
  }
}

/** Returns whether a callback may read step metrics by name. Renaming every step takes 5 % of an epoch. */
const readsSteps = (callback: Callbacks): boolean =>
  'setParams' in callback
    ? !(callback instanceof UnitRecorder || callback instanceof LiveCurves)
    : Boolean(callback.onBatchBegin ?? callback.onBatchEnd ?? callback.onYield);

/** Copies labels as floats, the only type that TensorFlow.js's sparse loss accepts. */
export function floats<T>(labels: T): T {
  if (labels instanceof tf.Tensor) return labels.toFloat() as T;
  if (Array.isArray(labels)) return labels.map(floats) as T;
  if (Object.getPrototypeOf(labels ?? 0) !== Object.prototype) return labels;
  const entries = Object.entries(labels as object);
  return Object.fromEntries(entries.map(([name, label]) => [name, floats(label)])) as T;
}

// Prints the reason for training with TensorFlow.js's own steps.
onFallback(why => {
  const { message } = why;
  const { reason, data } =
    why instanceof NotRecordableError
      ? why
      : new NotRecordableError({ code: 'graph-refused', message });
  const { code, ...facts } = data;
  toStandardOutput(messages().device.fallback(reason, code, Object.values(facts).join()));
});

/** Milliseconds between two turns of the event loop, for interrupts and the next cell. */
const YIELD = 40;

/** The largest learning rate that cannot explain a bad loss. */
const USUAL_RATE = 0.01;

/**
 * Returns a warning if the last epoch's cross-entropy is far above the loss of guessing, ln(classes), and
 * hardly below the first step's loss. A much too large learning rate causes no NaN, because TensorFlow.js clips
 * probabilities at 1e-7 and thus a sample's loss at 16.1.
 */
function verdict(
  model: tf.LayersModel,
  x: Tensors | undefined,
  first = 0,
  { history }: TrainingHistory,
): string | undefined {
  const isCrossEntropy = /^(sparseC|c)ategoricalCrossentropy$/.test(String(lossOf(model, 0)));
  if (model.outputs.length > 1 || !isCrossEntropy) return undefined;
  const loss = history.loss?.at(-1) ?? 0;
  const classes = model.outputs[0]?.shape.at(-1) ?? 0;
  const guessing = Math.log(classes);
  if (!(loss > Math.max(2 * guessing, 0.75 * first))) return undefined;
  // Such a high first loss comes from the initial weights or the data.
  const isLargeAtFirst = first > 2 * guessing;
  const { learningRate = 1 } = model.optimizer as unknown as { learningRate?: number };
  // At a usual rate the cause is different, such as identical initial weights.
  if (learningRate <= USUAL_RATE && !isLargeAtFirst) return undefined;
  const data = { x: x && [x].flat()[0] };
  const cause = likelyCause(data, model.optimizer, { isLargeAtFirst });
  const { worseThanGuessing } = messages().training;
  return worseThanGuessing(loss.toPrecision(3), classes, guessing.toFixed(2), cause);
}
