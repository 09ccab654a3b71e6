import type * as tf from '@tensorflow/tfjs';
import { explainGpuMemory } from './device/gpu-memory';
import { checkInput, checkLabels } from './inputs';
import { checkOptions } from './options';
import { requireCompiled, requireDevice } from './ready';
import { withFloatLabels } from './training/labels';
import { resultLine } from './training/progress-line';

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
 * @throws NotReadyError where no device was started or the model was not compiled.
 * @throws ShapeError where the model was built for another shape, or labels are missing.
 * @example
 * const [loss, accuracy] = await evaluate(model, xTest, yTest, { batchSize: 64 });
 */
export async function evaluate(
  model: tf.LayersModel,
  x: tf.Tensor,
  y: tf.Tensor,
  { batchSize = 32, verbose = 2 }: EvaluateOptions = {},
): Promise<number[]> {
  requireDevice();
  requireCompiled(model);
  checkOptions({ batchSize });
  checkInput(model, x);
  checkLabels(x, y);
  const start = performance.now();
  const values = await explainGpuMemory(() =>
    withFloatLabels(y, async labels => {
      const results = [model.evaluate(x, labels, { batchSize })].flat();
      const read = results.map(result => result.dataSync()[0] ?? Number.NaN);
      for (const result of results) result.dispose();
      return read;
    }),
  );
  if (verbose) {
    const steps = Math.ceil((x.shape[0] ?? 0) / batchSize);
    const seconds = (performance.now() - start) / 1000;
    const named = model.metricsNames.map((name, i) => [name, values[i]]);
    console.log(resultLine({ step: steps, steps, seconds, metrics: Object.fromEntries(named) }));
  }
  return values;
}
