import type * as tf from '@tensorflow/tfjs';
import { computeForwardPass } from '../forward-pass';
import type { Figure } from './figure';
import { drawForwardPass } from './forward-pass-drawing';

/**
 * Shows one picture on its way through the network: its pixels, the same as a row of numbers, the
 * activations of the hidden units, the logits, and the probabilities.
 *
 * @param model ends in a dense layer with softmax; what comes before may be anything.
 * @param image a single sample with its batch axis, `[1, height, width]`, float32, as the model takes it.
 * @throws NotReadyError where no device was started, or the model has no layers or was disposed of.
 * @throws TensorError where `image` is no tensor of numbers.
 * @throws ShapeError where the sample does not fit the model, or is not a single one.
 * @throws OutputLayerError where the model ends otherwise.
 * @example
 * forwardPass(model, xTest.slice(0, 1)).data.length; // 5
 */
export function forwardPass(model: tf.LayersModel, image: tf.Tensor): Figure {
  return drawForwardPass(computeForwardPass(model, image));
}
