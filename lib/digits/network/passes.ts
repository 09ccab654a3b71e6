/** Forward pass through a network with softmax output, up to the logits. */
import * as tf from '@tensorflow/tfjs';
import { grouped } from '../format';
import { LearnerError } from '../input/errors';
import { checkModel } from '../input/model';
import { itemAt } from '../item-at';
import { messages } from '../language';

/** Checks that the model can predict, and that the picture fits: a single picture with batch axis. */
export function requirePicture(model: tf.LayersModel, image: tf.Tensor, call: string): void {
  checkModel(model, call);
  // TensorFlow.js explains wrong shapes only when it predicts.
  tf.dispose(model.predict(image));
  const [samples = 0] = image.shape;
  if (samples !== 1) {
    throw new LearnerError(
      'ShapeError',
      messages().input.severalPictures(grouped(samples), 'xTest'),
    );
  }
}

type OutputLayer = tf.layers.Layer & { input: tf.SymbolicTensor };

/** Returns the last layer, after checking for a dense softmax layer with a flat input. */
function outputLayer(model: tf.LayersModel): OutputLayer {
  const last = itemAt(model.layers, model.layers.length - 1) as OutputLayer;
  const type = last.getClassName();
  const { activation } = last.getConfig();
  if (type === 'Dense' && activation === 'softmax' && last.input.shape.length === 2) return last;
  const received = type === 'Dense' ? `Dense, ${activation}` : type;
  throw new LearnerError('OutputLayerError', messages().figures.forwardPass.otherEnd(received));
}

/**
 * Prepares the forward pass to the logits. Each call uses the model's current weights, and dropout is inactive,
 * as in a prediction.
 *
 * @returns a function from samples (default `x`) to the inputs of the last layer and the logits.
 * @throws OutputLayerError if the model has another output layer.
 */
export function forwardTo(model: tf.LayersModel, x: tf.Tensor) {
  const output = outputLayer(model);
  const hiddenLayers = tf.model({ inputs: model.inputs, outputs: output.input });
  return (samples: tf.Tensor = x) => {
    const hidden = hiddenLayers.apply(samples, { training: false }) as tf.Tensor2D;
    const [weights, bias] = output.getWeights() as [tf.Tensor2D, tf.Tensor1D?];
    const products = hidden.matMul(weights);
    const logits = (bias ? products.add(bias) : products) as tf.Tensor2D;
    return { hidden, logits };
  };
}
