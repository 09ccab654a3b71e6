import type * as tf from '@tensorflow/tfjs';
import { statefulLayer, type Tensors } from 'tfjs-graph';
import { pythonShape } from '../format';
import { messages } from '../language';
import { ShapeError } from './errors';
import { checkTensors } from './tensors';

/**
 * Checks that `x` is a batch of the samples that the model was built for, and has at least one.
 *
 * @throws TensorError if `x` is no tensor of numbers.
 * @throws ShapeError that names both shapes and the cure; a single sample without the batch axis,
 * the commonest case, has a cure of its own.
 */
export function checkInput(model: tf.LayersModel, x: Tensors): void {
  checkTensors('x', x, model.inputs.length).forEach((tensor, i) => {
    checkShape(tensor, model.inputs[i]?.shape);
    if (tensor.shape[0] === 0) throw new ShapeError(messages().input.noSamples);
  });
}

function checkShape(x: tf.Tensor, input: tf.Shape | undefined): void {
  if (!input) return;
  const sample = input.slice(1);
  const batch = [null, ...sample];
  if (fits(x.shape, batch)) return;
  const { singleSample, otherSamples } = messages().input;
  const [expected, received] = [pythonShape(batch), pythonShape(x.shape)];
  throw new ShapeError(
    fits(x.shape, sample)
      ? singleSample(expected, received, `[${[1, ...x.shape].join(', ')}]`)
      : otherSamples(expected, received, pythonShape(sample)),
  );
}

/** Returns whether a shape is the one of a pattern, in which null stands for any size. */
export const fits = (shape: tf.Shape, pattern: tf.Shape): boolean =>
  shape.length === pattern.length && pattern.every((size, i) => size === null || size === shape[i]);

/**
 * Checks that a model whose layer carries its state from one batch to the next can take steps of
 * `batchSize`. Other models take any number of samples at once, even those built for a fixed one.
 *
 * @param counts how many samples each pass has: training and validation, or what else is computed.
 * @throws ShapeError that names the layer, both sizes and the cure.
 */
export function checkBatches(
  model: tf.LayersModel,
  batchSize: number,
  ...counts: readonly number[]
): void {
  const layer = statefulLayer(model.layers);
  const size = model.inputs[0]?.shape[0];
  if (!layer || !size) return;
  if (batchSize === size && counts.every(count => count % size === 0)) return;
  const { stateful } = messages().input;
  throw new ShapeError(stateful(layer.name, size, counts.join(' + '), batchSize));
}
