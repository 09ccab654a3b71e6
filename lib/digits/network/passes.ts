/** The way of pictures through a network that ends in softmax, up to its logits. */
import * as tf from '@tensorflow/tfjs';
import { grouped } from '../format';
import { checkInput } from '../input/data';
import { named, ShapeError } from '../input/errors';
import { requireModel } from '../input/model';
import { itemAt } from '../item-at';
import { messages } from '../language';

/** The model ends otherwise than in a dense layer with softmax. */
export class OutputLayerError extends named('OutputLayerError') {}

/** Checks that the model can compute, and that it fits the picture, a single one with its batch axis. */
export function requirePicture(model: tf.LayersModel, image: tf.Tensor, call: string): void {
  requireModel(model, call);
  checkInput(model, image);
  const [samples = 0] = image.shape;
  if (samples !== 1) {
    throw new ShapeError(messages().input.severalPictures(grouped(samples), 'xTest'));
  }
}

/** A dense output layer with softmax, and what feeds it. */
type OutputLayer = tf.layers.Layer & { input: tf.SymbolicTensor };

/** Finds the last layer, which must be a dense layer with softmax whose inputs are a row of units. */
function outputLayer(model: tf.LayersModel): OutputLayer {
  const last = itemAt(model.layers, model.layers.length - 1) as OutputLayer;
  const type = last.getClassName();
  const { activation } = last.getConfig();
  if (type === 'Dense' && activation === 'softmax' && last.input.shape.length === 2) return last;
  const received = type === 'Dense' ? `Dense, ${activation}` : type;
  throw new OutputLayerError(messages().figures.forwardPass.otherEnd(received));
}

/**
 * Prepares the way from samples to logits, by the weights that the model has at each call. Layers
 * compute as they do when they predict: dropout leaves all units on.
 *
 * @returns the way of `x`, or of other samples that it is given: what feeds the last layer, and the logits.
 * @throws OutputLayerError if the model ends otherwise than in a dense layer with softmax.
 */
export function forwardTo(model: tf.LayersModel, x: tf.Tensor) {
  const output = outputLayer(model);
  const before = tf.model({ inputs: model.inputs, outputs: output.input });
  return (samples: tf.Tensor = x) => {
    const hidden = before.apply(samples, { training: false }) as tf.Tensor2D;
    const [weights, bias] = output.getWeights() as [tf.Tensor2D, tf.Tensor1D?];
    const products = hidden.matMul(weights);
    const logits = (bias ? products.add(bias) : products) as tf.Tensor2D;
    return { hidden, logits };
  };
}
