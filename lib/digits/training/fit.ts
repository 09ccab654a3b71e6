import type * as tf from '@tensorflow/tfjs';
import { type Callbacks, diagnose, lossOf, type Tensors, fit as train } from 'tfjs-graph';
import { causeMessage, fallbackText, withLearnerErrors } from '../device/engine-messages';
import { planThreads } from '../device/threads';
import { checkData } from '../input/data';
import { requireCompiled } from '../input/model';
import { messages } from '../language';
import { onInterrupt } from '../notebook/interrupt';
import { type LiveCurveOptions, LiveCurves } from '../notebook/live-curves';
import { yieldFromCell } from '../notebook/yield-from-cell';
import { KerasNames, ProgressCallback, toStandardOutput, type Write } from './progress';
import { remember } from './training-log';

/** The result of {@link fit}, as in Keras. */
export interface History {
  /** The epochs, counted from 0. */
  readonly epoch: number[];
  /** Loss and metrics by the names that are printed, one value an epoch; those of the validation under `val_`. */
  readonly history: Record<string, number[]>;
}

/** Options of {@link fit}, as in Keras. */
export interface FitOptions {
  /** Samples a step; defaults to 32. */
  batchSize?: number;
  /** Passes over the training samples; defaults to 1. */
  epochs?: number;
  /** Share of the samples, taken from the end, kept for validation; between 0 and 1. */
  validationSplit?: number;
  /** Samples and labels for validation, in place of `validationSplit`. */
  validationData?: [Tensors, Tensors];
  /** Whether to draw the samples in a new order each epoch; defaults to true. */
  shuffle?: boolean;
  /** Called as training goes on; the logs have the names that are printed, and TensorFlow.js's. */
  callbacks?: Callbacks | Callbacks[];
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
 * wrong. The model then has the weights with which that epoch began, or an earlier one where the
 * loss had grown beyond use before.
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
  // The engine refuses what it does not know.
  const { verbose = 1, write = toStandardOutput, curves: drawn, ...training } = options;
  requireCompiled(model, 'fit(model, x, y)');
  checkData(model, x, y, options);
  const progress = new ProgressCallback(write, verbose);
  const curves = drawn ? new LiveCurves(drawn) : undefined;
  const callbacks = [options.callbacks ?? []].flat();
  const stop = new AbortController();
  const release = onInterrupt(() => stop.abort());
  try {
    await yieldFromCell();
    const { epoch, history } = await withLearnerErrors(() =>
      train(model, x, y, {
        yieldEvery: YIELD,
        verbose: 0,
        ...training,
        callbacks,
        observers: [
          // The curves first: their place is above the progress lines.
          ...(curves ? [curves] : []),
          progress,
          new KerasNames(callbacks.length > 0),
        ],
        signal: stop.signal,
        parts: planThreads(),
        onFallback: why => {
          if (!told.has(model)) write(fallbackText(why));
          told.add(model);
        },
      }),
    );
    const result = { epoch, history: history as History['history'] };
    remember(result, model, x, y, options);
    const { interrupted, interruptedAtOnce } = messages().training;
    const { epoch: reached, step, steps } = progress.position;
    const stopped = reached === 0 ? interruptedAtOnce : interrupted(reached, step, steps);
    const said = stop.signal.aborted ? stopped : verdict(model, x, progress.firstLoss, result);
    if (said) write(said);
    return result;
  } finally {
    release();
    curves?.finish();
  }
}

/** Time after which the event loop gets a turn, in milliseconds: interrupts arrive there. */
const YIELD = 40;

/** The models of which was said how they are trained. */
const told = new WeakSet<tf.LayersModel>();

/**
 * Says what is wrong if the cross-entropy of the last epoch is far above that of guessing, which is
 * ln(classes): with the cross-entropy taken from the logits, a much too large learning rate gives enormous
 * losses, not NaN.
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
  if (!(loss > 2 * Math.max(first, guessing))) return undefined;
  const data = { x: [x].flat()[0] };
  const likely = diagnose({ data, weightsFinite: true, optimizer: model.optimizer });
  // A loss that begins so high was made by the first weights, if not by the data.
  const isOfWeights = first > 2 * guessing && likely.code === 'learning-rate' && !likely.range;
  const { training, device } = messages();
  const cause = isOfWeights ? device.cause.firstWeights : causeMessage(likely);
  return training.worseThanGuessing(loss.toPrecision(3), classes, guessing.toFixed(2), cause);
}
