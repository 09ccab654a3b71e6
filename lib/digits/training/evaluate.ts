import * as tf from '@tensorflow/tfjs';
import { withLearnerErrors } from '../device/engine-messages';
import { checkData } from '../input/data';
import { requireCompiled } from '../input/model';
import { requireFinite } from '../input/not-finite';
import { itemAt } from '../item-at';
import { yieldFromCell } from '../notebook/yield-from-cell';
import { resultLine } from './progress';

/** Options of {@link evaluate}, as in Keras. */
export interface EvaluateOptions {
  /** Samples a step; defaults to 32. */
  batchSize?: number;
  /** 0 prints nothing, 2 the result in a line; defaults to 2. */
  verbose?: 0 | 2;
}

/**
 * Measures a compiled model on samples that it was not trained on, and prints Keras's line,
 * `157/157 - 0s - loss: 0.0831 - sparse_categorical_accuracy: 0.9753`.
 *
 * @param x samples, float32, shape `[samples, ...sample]`.
 * @param y labels, int32 or float32, one a sample.
 * @returns the loss, then each metric.
 * @throws NotReadyError if no device was started, or the model was not compiled, has no layers or
 * was disposed of.
 * @throws OptionError if `batchSize` is no whole number from 1 on.
 * @throws TensorError if samples or labels are no tensors of numbers.
 * @throws ShapeError if the model was built for another shape, or labels are missing.
 * @throws LabelError if a label is none of the model's classes.
 * @throws NotFiniteError if the loss is no number, with the likeliest cause.
 * @throws GpuMemoryError if another process holds the GPU's memory.
 * @example
 * const [loss, accuracy] = await evaluate(model, xTest, yTest, { batchSize: 64 });
 */
export async function evaluate(
  model: tf.LayersModel,
  x: tf.Tensor,
  y: tf.Tensor,
  { batchSize = 32, verbose = 2 }: EvaluateOptions = {},
): Promise<number[]> {
  requireCompiled(model, 'evaluate(model, x, y)');
  checkData(model, x, y, { batchSize });
  await yieldFromCell();
  const start = performance.now();
  // The stock sparse loss accepts classes only as floats.
  const labels = y.toFloat();
  const scalars = withLearnerErrors(() => [model.evaluate(x, labels, { batchSize })].flat());
  const values = scalars.map(scalar => itemAt(scalar.dataSync(), 0));
  tf.dispose([labels, scalars]);
  requireFinite(itemAt(values, 0), model, { x, y });
  if (verbose) {
    const steps = Math.ceil((x.shape[0] ?? 0) / batchSize);
    const seconds = (performance.now() - start) / 1000;
    const named = model.metricsNames.map((name, i) => [name, values[i]]);
    console.log(resultLine({ step: steps, steps, seconds, metrics: Object.fromEntries(named) }));
  }
  return values;
}
