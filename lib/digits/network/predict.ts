import * as tf from '@tensorflow/tfjs';
import { bytesOf, divided } from 'tfjs-graph';
import { withLearnerErrors } from '../device/engine-messages';
import { checkCount, checkInput } from '../input/data';
import { checkBatches, requireModel } from '../input/model';

/**
 * Computes a model's output for a batch of samples.
 *
 * @param x samples, float32, shape `[samples, ...sample]`; a single sample needs the batch axis too.
 * @param options.batchSize samples a step, which changes the time and not the output; defaults to 1024.
 * @returns the output, shape `[samples, units]`; after softmax, probabilities that sum to 1.
 * @throws NotReadyError if no device was started, or the model has no layers or was disposed of.
 * @throws OptionError if `batchSize` is no whole number from 1 on.
 * @throws TensorError if `x` is no tensor of numbers.
 * @throws ShapeError that names both shapes and the cure, such as for a sample without batch axis.
 * @throws GpuMemoryError if another process holds the GPU's memory.
 * @example
 * const y = predict(model, xTest.slice(0, 4));
 * y.shape; // [4, 10]
 * y.argMax(1).shape; // [4]
 */
export function predict(
  model: tf.LayersModel,
  x: tf.Tensor,
  { batchSize = 1024 }: { batchSize?: number } = {},
): tf.Tensor {
  requireModel(model, 'predict(model, x)');
  checkCount('batchSize', batchSize, 64);
  checkInput(model, x);
  checkBatches(model, batchSize, x.shape[0] ?? 0);
  return withLearnerErrors(() => predictInParts(model, x, batchSize));
}

/** Predicts step by step where the samples are held as bytes: only those of a step become floats. */
function predictInParts(model: tf.LayersModel, x: tf.Tensor, batchSize: number): tf.Tensor {
  const [samples = 0, ...sample] = x.shape;
  const predicted = (part: tf.Tensor) => model.predict(part, { batchSize }) as tf.Tensor;
  const bytes = bytesOf(x);
  if (!bytes || samples <= batchSize || model.outputs.length > 1) return predicted(x);
  const size = tf.util.sizeFromShape(sample);
  // The same for each step: new ones would stay until they are collected, 30 MB of them for 10 000 pictures.
  const floats = new Float32Array(batchSize * size);
  return tf.tidy(() => {
    const parts = Array.from({ length: Math.ceil(samples / batchSize) }, (_, i) => {
      const data = bytes.data.subarray(i * batchSize * size, (i + 1) * batchSize * size);
      const values = divided({ ...bytes, data }, floats.subarray(0, data.length));
      const shape = [data.length / size, ...sample];
      return tf.tidy(() => predicted(tf.tensor(values, shape, 'float32')));
    });
    return tf.concat(parts);
  });
}
