import type * as tf from '@tensorflow/tfjs';
import { explained } from './device/gpu-memory';
import { checkInput } from './inputs';
import { checkOptions } from './options';
import { requireDevice } from './ready';

/**
 * Computes a model's output for a batch of samples.
 *
 * @param x samples, float32, shape `[samples, ...sample]`; a single sample needs the batch axis too.
 * @param options.batchSize samples a step; defaults to 32.
 * @returns the output, shape `[samples, units]`; after softmax, probabilities that sum to 1.
 * @throws NotReadyError where no device was started.
 * @throws ShapeError that names both shapes and the cure, such as for a sample without batch axis.
 * @example
 * const y = predict(model, xTest.slice(0, 4));
 * y.shape; // [4, 10]
 * y.argMax(1).shape; // [4]
 */
export function predict(
  model: tf.LayersModel,
  x: tf.Tensor,
  options: { batchSize?: number } = {},
): tf.Tensor {
  requireDevice();
  checkOptions(options);
  checkInput(model, x);
  try {
    return model.predict(x, options) as tf.Tensor;
  } catch (error) {
    throw explained(error);
  }
}

/** Length of the bar that stands for a probability of 1. */
const BAR = 30;

/**
 * Probabilities as lines of text: class, value with four decimals, a bar, and a mark at the largest.
 *
 * @param probabilities of one sample, each in [0, 1].
 * @example
 * probabilityTable([0.25, 0.75]).split('\n')[0]; // '0  0.2500  ████████'
 */
export function probabilityTable(probabilities: ArrayLike<number>): string {
  const values = Array.from(probabilities);
  const largest = values.indexOf(Math.max(...values));
  return values
    .map((value, i) => {
      const bar = '█'.repeat(Math.round(value * BAR));
      return `${i}  ${value.toFixed(4)}  ${bar}${i === largest ? ' ←' : ''}`.trimEnd();
    })
    .join('\n');
}
