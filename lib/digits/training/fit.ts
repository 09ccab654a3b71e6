import * as tf from '@tensorflow/tfjs';
import { nextTurn, onFallback } from 'tfjs-graph';
import { fallbackText, withLearnerErrors } from '../device/engine-messages';
import { checkData } from '../input/data';
import { OptionError } from '../input/errors';
import { lossOf, requireCompiled, type Tensors } from '../input/model';
import { likelyCause } from '../input/not-finite';
import { messages } from '../language';
import { onInterrupt } from '../notebook/interrupt';
import { type LiveCurveOptions, LiveCurves } from '../notebook/live-curves';
import { yieldFromCell } from '../notebook/yield-from-cell';
import { NanGuard } from './nan-guard';
import { KerasLogs, ProgressCallback, toStandardOutput, type Write } from './progress';
import { UnitRecorder } from './record-units';
import { remember } from './training-log';

/** The result of {@link fit}, as in Keras. */
export interface History {
  /** The epochs, counted from 0. */
  readonly epoch: number[];
  /** Loss and metrics by the names that are printed, one value an epoch; those of the validation under `val_`. */
  readonly history: Record<string, number[]>;
}

/**
 * Functions by their names, or a callback such as `tf.callbacks.earlyStopping()`, by a method that only an object of
 * its class has: with more in common, TypeScript could not tell the types of the functions' parameters.
 */
type Callbacks = tf.CustomCallbackArgs | Pick<tf.Callback, 'setParams'>;

/** Options of {@link fit}, as in Keras. */
export interface FitOptions
  extends Pick<tf.ModelFitArgs, 'batchSize' | 'epochs' | 'validationSplit' | 'shuffle'> {
  /** Called as training goes on; the logs have the names that are printed, and TensorFlow.js's. */
  callbacks?: Callbacks | Callbacks[];
  /** Samples and labels for validation, in place of `validationSplit`. */
  validationData?: [Tensors, Tensors];
  /** 0 prints nothing, 1 a progress line an epoch, 2 its result only; defaults to 1. */
  verbose?: 0 | 1 | 2;
  /** Receives the progress; defaults to the standard output. */
  write?: Write;
  /**
   * Draws loss and accuracy below the cell, step by step while training goes on, and leaves them
   * there as a figure; `{ beside }` draws another training with them. Defaults to false.
   */
  curves?: boolean | LiveCurveOptions;
}

/**
 * Trains a compiled model, with Keras's progress line.
 *
 * An interrupt of the kernel ends training after the step at hand: the model keeps the weights of
 * that step, and the history of the epochs so far is returned.
 *
 * A loss that becomes NaN or infinite ends training with an error, where Keras goes on: nothing that
 * is printed from there on would be of use, and a notebook run to its end should stop where it went
 * wrong. The weights of the model are lost then.
 *
 * @param model a compiled model.
 * @param x samples, float32, shape `[samples, ...sample]`; several tensors for several inputs.
 * @param y labels, `[samples]` for sparse losses, int32 or float32.
 * @throws NotReadyError if no device was started, or the model was not compiled, has no layers or
 * was disposed of.
 * @throws OptionError if an option cannot have its value.
 * @throws TensorError if samples or labels are no tensors of numbers.
 * @throws ShapeError if the model was built for another shape, or labels are missing.
 * @throws LabelError if a label is none of the model's classes.
 * @throws NotFiniteError if the loss or the weights are no numbers any more, with epoch and step,
 * the likeliest cause and its cure; its `history` has the epochs before.
 * @throws GpuMemoryError if another process holds the GPU's memory.
 * @example
 * const { history } = await fit(model, xTrain, yTrain, {
 *   batchSize: 64,
 *   epochs: 5,
 *   validationSplit: 0.2,
 * });
 * Object.keys(history).sort(); // ['loss', 'sparse_categorical_accuracy', 'val_loss', 'val_sparse_categorical_accuracy']
 */
export async function fit(
  model: tf.LayersModel,
  x: Tensors,
  y: Tensors,
  options: FitOptions = {},
): Promise<History> {
  checkNames(options);
  requireCompiled(model, 'fit(model, x, y)');
  checkData(model, x, y, options);
  const { verbose = 1, write = toStandardOutput, curves: drawn, ...training } = options;
  const progress = new ProgressCallback(write, verbose);
  const curves = drawn ? new LiveCurves(drawn) : undefined;
  const callbacks = [options.callbacks ?? []].flat();
  const [valX = [], valY = []] = options.validationData ?? [];
  const [labels, valLabels] = [floats(y), floats(valY)];
  let isInterrupted = false;
  const release = onInterrupt(() => {
    isInterrupted = true;
    model.stopTraining = true;
  });
  try {
    await yieldFromCell();
    const train = () =>
      model.fit(x, labels, {
        ...training,
        ...(options.validationData && { validationData: [valX, valLabels] }),
        verbose: 0,
        callbacks: [
          new KerasLogs(callbacks.some(readsSteps)),
          // The curves first: their place is above the progress lines.
          ...(curves ? [curves] : []),
          progress,
          custom({
            // tfjs-layers resets `stopTraining` before.
            onEpochBegin: () => {
              if (isInterrupted) model.stopTraining = true;
            },
            onEpochEnd: nextTurn,
          }),
          ...callbacks.map(callback => ('setParams' in callback ? callback : custom(callback))),
          new NanGuard(progress, { x, y, validationData: [valX, valY] }),
        ] as tf.Callback[],
      });
    const { epoch, history } = isInterrupted
      ? { epoch: [], history: {} }
      : await withLearnerErrors(train);
    const result = { epoch, history: history as History['history'] };
    remember(result, model, x, y, options);
    const { interrupted, interruptedAtOnce } = messages().training;
    const { epoch: reached, step, steps } = progress.position;
    const stopped = reached === 0 ? interruptedAtOnce : interrupted(reached, step, steps);
    const said = isInterrupted ? stopped : verdict(model, x, progress.firstLoss, result);
    if (said) write(said);
    return result;
  } finally {
    release();
    tf.dispose([labels, valLabels]);
    curves?.finish();
  }
}

/** Returns whether a callback may look up metrics of single steps by name. To rename them takes 5 % of an epoch. */
const readsSteps = (callback: Callbacks): boolean =>
  'setParams' in callback
    ? !(callback instanceof UnitRecorder)
    : Boolean(callback.onBatchBegin ?? callback.onBatchEnd ?? callback.onYield);

/** Copies labels as floats: the stock sparse loss accepts no other classes. */
const floats = (labels: Tensors): tf.Tensor[] => [labels].flat().map(label => label.toFloat());

onFallback(why => toStandardOutput(fallbackText(why)));

/** Milliseconds after which the event loop gets a turn, where interrupts and the next cell arrive. */
const YIELD = 40;

/** Makes a callback that gives the event loop its turns. In a hidden page, the default, `tf.nextFrame`, never ends. */
const custom = (functions: tf.CustomCallbackArgs) =>
  new tf.CustomCallback({ ...functions, nextFrameFunc: nextTurn }, YIELD);

const NAMES = [
  ...['batchSize', 'epochs', 'validationSplit', 'validationData', 'shuffle', 'callbacks'],
  ...['verbose', 'write', 'curves'],
];

/** Refuses an unknown option, and suggests the same name but for case, underscores and an ending. */
function checkNames(options: FitOptions): void {
  const name = Object.keys(options).find(name => !NAMES.includes(name));
  if (name === undefined) return;
  const plain = (word: string) => word.replace(/_|e?s$/g, '').toLowerCase();
  const meant = NAMES.find(other => plain(other) === plain(name));
  const { optionMeant, optionName } = messages().training;
  throw new OptionError(meant ? optionMeant(name, meant) : optionName(name, NAMES));
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
  x: Tensors,
  first = 0,
  { history }: History,
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
  const data = { x: [x].flat()[0] };
  const cause = likelyCause({ data, optimizer: model.optimizer, isLargeAtFirst });
  const { worseThanGuessing } = messages().training;
  return worseThanGuessing(loss.toPrecision(3), classes, guessing.toFixed(2), cause);
}
