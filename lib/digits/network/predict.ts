import type * as tf from '@tensorflow/tfjs';
import { withLearnerErrors } from '../device/engine-messages';
import { checkInput } from '../input/data';
import { requireModel } from '../input/model';

/**
 * Computes a model's output for a batch of samples.
 *
 * @param x samples, float32, shape `[samples, ...sample]`; a single sample needs the batch axis too.
 * @returns the output, shape `[samples, units]`; after softmax, probabilities that sum to 1.
 * @throws NotReadyError if no device was started, or the model has no layers or was disposed of.
 * @throws TensorError if `x` is no tensor of numbers.
 * @throws ShapeError that names both shapes and the cure, such as for a sample without batch axis.
 * @throws GpuMemoryError if another process holds the GPU's memory.
 * @example
 * const y = predict(model, xTest.slice(0, 4));
 * y.shape; // [4, 10]
 * y.argMax(1).shape; // [4]
 */
export function predict(model: tf.LayersModel, x: tf.Tensor): tf.Tensor {
  requireModel(model, 'predict(model, x)');
  checkInput(model, x);
  return withLearnerErrors(() => model.predict(x, { batchSize: 1024 }) as tf.Tensor);
}
