/** Replaces methods of tfjs-layers' models: prints Keras's lines and checks the results. */
import * as tf from '@tensorflow/tfjs';
import { checkClasses, countSamples } from '../input/data';
import { requireDevice, type Tensors } from '../input/model';
import { requireFinite } from '../input/not-finite';
import { itemAt } from '../item-at';
import { kerasSummary } from '../network/summary';
import { type FitArgs, fit, fitDataset, floats, type TrainingHistory } from './fit';
import { resultLine } from './progress';
import { type ModelMethods, prototype, stock } from './stock';

/** Arguments of `model.evaluate`, as in Keras. */
export interface EvaluateArgs extends Omit<tf.ModelEvaluateArgs, 'verbose'> {
  /** 0 prints nothing, 1 and 2 print the result in a line; defaults to 2. */
  verbose?: 0 | 1 | 2;
}

type Scalars = tf.Scalar | tf.Scalar[];

declare module '@tensorflow/tfjs' {
  interface LayersModel {
    /**
     * Trains a compiled model, with Keras's progress line.
     *
     * An interrupt of the kernel ends training after the current step. The model keeps the weights of this
     * step, and the promise resolves to the history of the completed epochs.
     *
     * A NaN or infinite loss ends training with an error, whereas Keras continues. The model's weights are then
     * lost.
     *
     * @param x samples, float32, shape `[samples, ...sample]`; several tensors for several inputs.
     * @param y labels, `[samples]` for sparse losses, int32 or float32.
     * @throws OptionError if TensorFlow.js would ignore a value.
     * @throws LabelError if a label is not one of the model's classes.
     * @throws NotFiniteError if the loss or the weights become NaN or infinite, with epoch, step, likeliest
     * cause and cure; the error's `history` has the previous epochs.
     */
    fit(x: Tensors, y: Tensors, args?: FitArgs): Promise<TrainingHistory>;
    /**
     * Evaluates a compiled model on test samples and prints Keras's line, `157/157 - 0s - loss: 0.0831 -
     * sparse_categorical_accuracy: 0.9753`.
     *
     * @param x samples, float32, shape `[samples, ...sample]`.
     * @param y labels, int32 or float32, one per sample.
     * @returns the loss, then each metric; without metrics only the loss.
     * @throws LabelError if a label is not one of the model's classes.
     * @throws NotFiniteError if the loss is NaN or infinite, with the likeliest cause.
     */
    evaluate<T extends Scalars = tf.Scalar[]>(x: Tensors, y: Tensors, args?: EvaluateArgs): T;
  }
  // Sequential overrides both methods.
  interface Sequential {
    fit(x: Tensors, y: Tensors, args?: FitArgs): Promise<TrainingHistory>;
    evaluate<T extends Scalars = tf.Scalar[]>(x: Tensors, y: Tensors, args?: EvaluateArgs): T;
  }
}

function evaluate(this: tf.LayersModel, x: Tensors, y: Tensors, args: EvaluateArgs = {}): Scalars {
  requireDevice();
  checkClasses(this, x, y);
  const { verbose = 2, batchSize = 32 } = args;
  const start = performance.now();
  const labels = floats(y) as tf.Tensor;
  try {
    const scalars = stock.evaluate.call(this, x as tf.Tensor, labels, { ...args, verbose: 0 });
    const values = [scalars].flat().map(scalar => itemAt(scalar.dataSync(), 0));
    requireFinite(itemAt(values, 0), this, { x, y });
    if (verbose) {
      const steps = Math.ceil(countSamples(x) / batchSize);
      const seconds = (performance.now() - start) / 1000;
      const metrics = Object.fromEntries(
        this.metricsNames.map((name, i) => [name, values[i] ?? 0]),
      );
      console.log(resultLine({ step: steps, steps, seconds, metrics }));
    }
    return scalars;
  } finally {
    tf.dispose(labels);
  }
}

/** Predicts in batches of 1,024 by default. */
const predict: ModelMethods['predict'] = function (
  this: tf.LayersModel,
  x: tf.Tensor | tf.Tensor[],
  args = {},
) {
  requireDevice();
  return stock.predict.call(this, x, { batchSize: 1024, ...args });
};

/** Prints Keras's table, or TensorFlow.js's if column widths or positions are given. */
function summary(
  this: tf.LayersModel,
  width?: number,
  positions?: number[],
  print: typeof console.log = console.log,
): void {
  if (width || positions) stock.summary.call(this, width, positions, print);
  else print(kerasSummary(this));
}

/** Installs this copy's methods on all models of the process. */
export function replaceMethods(): void {
  Object.assign(prototype, { fit, fitDataset, evaluate, predict, summary });
}

replaceMethods();
