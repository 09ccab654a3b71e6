import * as tf from '@tensorflow/tfjs';
import { nextTurn, onFallback } from 'tfjs-graph';
import { fallbackText, withLearnerErrors } from '../device/engine-messages';
import { kerasMetricName } from '../format';
import { checkArgs, checkClasses } from '../input/data';
import { OptionError } from '../input/errors';
import { lossOf, requireDevice, type Tensors } from '../input/model';
import { likelyCause } from '../input/not-finite';
import { messages } from '../language';
import { onInterrupt } from '../notebook/interrupt';
import { openWork } from '../notebook/open-calls';
import { yieldFromCell } from '../notebook/yield-from-cell';
import { LiveCurves } from './live-curves';
import { NanGuard } from './nan-guard';
import { KerasLogs, ProgressCallback, toStandardOutput } from './progress';
import { UnitRecorder } from './record-units';
import { stock } from './stock';
import { remember } from './training-log';

/** The result of a training: numbers by Keras's names, and by TensorFlow.js's names, which are not listed. */
export interface TrainingHistory extends tf.History {
  /** Loss and metrics by the names that are printed, one value an epoch; those of the validation under `val_`. */
  history: Record<string, number[]>;
}

/**
 * Functions by their names, or a callback such as `tf.callbacks.earlyStopping()`, by a method that only an object of
 * its class has: with more in common, TypeScript could not tell the types of the functions' parameters.
 */
type Callbacks = tf.CustomCallbackArgs | Pick<tf.Callback, 'setParams'>;

/** Arguments of `model.fit`, as in Keras. */
export interface FitArgs extends Omit<tf.ModelFitArgs, 'callbacks' | 'verbose'> {
  /** Called as training goes on; the logs have the names that are printed, and TensorFlow.js's. */
  callbacks?: Callbacks | Callbacks[];
  /** 0 prints nothing, 1 a progress line an epoch, 2 its result only; defaults to 1. */
  verbose?: 0 | 1 | 2;
}

const FIT_ARGS = [
  ...['batchSize', 'epochs', 'validationSplit', 'validationData', 'shuffle', 'callbacks'],
  ...['verbose', 'initialEpoch', 'classWeight', 'sampleWeight', 'stepsPerEpoch'],
  ...['validationSteps', 'yieldEvery'],
];

const FIT_DATASET_ARGS = [
  ...['batchesPerEpoch', 'epochs', 'validationData', 'validationBatchSize', 'validationBatches'],
  ...['callbacks', 'verbose', 'initialEpoch', 'classWeight', 'yieldEvery'],
];

/** Replaces `fit` of a model. */
export async function fit(
  this: tf.LayersModel,
  x: Tensors,
  y: Tensors,
  args: FitArgs = {},
): Promise<TrainingHistory> {
  checkNames(args, FIT_ARGS);
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

/** Replaces `fitDataset` of a model. */
export const fitDataset: tf.LayersModel['fitDataset'] = async function (
  this: tf.LayersModel,
  dataset,
  args,
) {
  checkNames(args ?? {}, FIT_DATASET_ARGS);
  requireDevice();
  return train(this, args ?? {}, {}, callbacks =>
    stock.fitDataset.call(this, dataset, { ...args, ...callbacks } as never),
  );
};

/**
 * Trains with progress, live curves, interrupts and the NaN guard.
 *
 * @param data where the cause of a NaN may lie, by the names that the message gives.
 * @param start begins TensorFlow.js's own training, with `callbacks` and `verbose` added to its arguments.
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
    isInterrupted = true;
    model.stopTraining = true;
  };
  const release = onInterrupt(stop);
  const close = openWork(() => {
    release();
    stop();
    // TensorFlow.js resets it in a `finally`, which an interrupt skips.
    Object.assign(model, { isTraining: false });
  });
  try {
    await yieldFromCell();
    /** Makes a callback that gives the event loop its turns. In a hidden page, the default, `tf.nextFrame`, never ends. */
    const custom = (functions: tf.CustomCallbackArgs) =>
      new tf.CustomCallback({ ...functions, nextFrameFunc: nextTurn }, yieldEvery);
    const all = [
      new KerasLogs(callbacks.some(readsSteps)),
      // The curves first: they appear above the progress lines.
      ...curves,
      progress,
      custom({
        // tfjs-layers resets `stopTraining` before.
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
      : await withLearnerErrors(() => start({ callbacks: all as tf.Callback[], verbose: 0 }));
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
    release();
    for (const each of curves) each.finish();
  }
}

/** Makes the values readable under TensorFlow.js's own names, too, as in `history.acc`. */
function addStockNames(history: Record<string, number[]>, { metricsNames }: tf.LayersModel): void {
  for (const name of metricsNames.flatMap(name => [name, `val_${name}`])) {
    const value = history[kerasMetricName(name)];
    if (value && !(name in history)) Object.defineProperty(history, name, { value });
  }
}

/** Returns whether a callback may look up metrics of single steps by name. To rename them takes 5 % of an epoch. */
const readsSteps = (callback: Callbacks): boolean =>
  'setParams' in callback
    ? !(callback instanceof UnitRecorder || callback instanceof LiveCurves)
    : Boolean(callback.onBatchBegin ?? callback.onBatchEnd ?? callback.onYield);

/** Copies labels as floats: the stock sparse loss accepts no other classes. */
export function floats<T>(labels: T): T {
  if (labels instanceof tf.Tensor) return labels.toFloat() as T;
  if (Array.isArray(labels)) return labels.map(floats) as T;
  if (Object.getPrototypeOf(labels ?? 0) !== Object.prototype) return labels;
  const entries = Object.entries(labels as object);
  return Object.fromEntries(entries.map(([name, label]) => [name, floats(label)])) as T;
}

onFallback(why => toStandardOutput(fallbackText(why)));

/** Milliseconds after which the event loop gets a turn, where interrupts and the next cell arrive. */
const YIELD = 40;

/** Refuses an unknown option, and suggests the same name but for case, underscores and an ending. */
function checkNames(args: object, names: readonly string[]): void {
  const name = Object.keys(args).find(name => !names.includes(name));
  if (name === undefined) return;
  const plain = (word: string) => word.replace(/_|e?s$/g, '').toLowerCase();
  const meant = names.find(other => plain(other) === plain(name));
  const { optionMeant, optionName } = messages().training;
  throw new OptionError(meant ? optionMeant(name, meant) : optionName(name, names));
}

/** The largest learning rate that is not to blame. */
const USUAL_RATE = 0.01;

/**
 * Says what is wrong if the cross-entropy of the last epoch is far above that of guessing, ln(classes), and hardly
 * below that of the first step. A much too large learning rate gives no NaN: TensorFlow.js clips the probabilities
 * at 1e-7, and so the loss of a sample at 16.1.
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
  // A loss that begins so high was made by the first weights, if not by the data.
  const isLargeAtFirst = first > 2 * guessing;
  const { learningRate = 1 } = model.optimizer as unknown as { learningRate?: number };
  // At a usual rate the fault is another one, such as weights that all begin alike.
  if (learningRate <= USUAL_RATE && !isLargeAtFirst) return undefined;
  const data = { x: x && [x].flat()[0] };
  const cause = likelyCause({ data, optimizer: model.optimizer, isLargeAtFirst });
  const { worseThanGuessing } = messages().training;
  return worseThanGuessing(loss.toPrecision(3), classes, guessing.toFixed(2), cause);
}
