/** The forward pass of a network that ends in softmax, step by step, and the gradients that backpropagation finds. */
import * as tf from '@tensorflow/tfjs';
import { grouped } from '../format';
import { checkInput } from '../input/data';
import { ShapeError } from '../input/errors';
import { requireModel } from '../input/model';
import { itemAt } from '../item-at';
import { messages } from '../language';

/** All that the network computes on the way from one picture to its probabilities. */
export interface ForwardPass {
  /** Sizes of the picture, `[height, width]`. */
  readonly shape: readonly number[];
  /** Its pixels, row after row. */
  readonly input: Float32Array;
  /** The outputs of the layer before the last: the activations of the hidden units. */
  readonly hidden: Float32Array;
  /** $z = h W + b$ of the output layer, any real numbers, one a class. */
  readonly logits: Float32Array;
  /** $p = \mathrm{softmax}(z)$, one a class, summing to 1. */
  readonly probabilities: Float32Array;
}

/** The model ends otherwise than in a dense layer with softmax. */
export class OutputLayerError extends Error {
  override readonly name = 'OutputLayerError';
}

/**
 * Computes one forward pass and keeps what lies between the picture and the probabilities.
 *
 * @param model ends in a dense layer with softmax; what comes before may be anything.
 * @param image a single sample with its batch axis, `[1, height, width]`, float32.
 * @throws NotReadyError if no device was started, or the model has no layers or was disposed of.
 * @throws TensorError if `image` is no tensor of numbers.
 * @throws ShapeError if the sample does not fit the model, or is not a single one.
 * @throws OutputLayerError if the model ends otherwise.
 * @example
 * const { input, hidden, logits, probabilities } = computeForwardPass(model, xTest.slice(0, 1));
 * [input.length, hidden.length, logits.length, probabilities.length]; // [784, 128, 10, 10]
 */
export function computeForwardPass(model: tf.LayersModel, image: tf.Tensor): ForwardPass {
  requirePicture(model, image, 'forwardPass(model, image)');
  return tf.tidy(() => {
    const { hidden, logits } = forwardTo(outputLayer(model), model, image)();
    const values = (tensor: tf.Tensor) => Float32Array.from(tensor.dataSync());
    return {
      shape: image.shape.slice(1),
      input: values(image),
      hidden: values(hidden),
      logits: values(logits),
      probabilities: values(logits.softmax()),
    };
  });
}

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
export function outputLayer(model: tf.LayersModel): OutputLayer {
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
 * @returns the way of `x`, or of other samples that it is given.
 */
export function forwardTo(output: OutputLayer, model: tf.LayersModel, x: tf.Tensor) {
  const before = tf.model({ inputs: model.inputs, outputs: output.input });
  return (samples: tf.Tensor = x) => {
    const hidden = before.apply(samples, { training: false }) as tf.Tensor2D;
    const [kernel, bias] = output.getWeights() as [tf.Tensor2D, tf.Tensor1D?];
    const products = hidden.matMul(kernel);
    return { hidden, logits: (bias ? products.add(bias) : products) as tf.Tensor2D };
  };
}

/**
 * Computes a batch and, by backpropagation, the gradient of its loss. To be called within `tf.tidy`.
 *
 * @param labels the class of each sample.
 * @returns the mean cross-entropy; the outputs of the layer before the last, `[samples, units]`; $z$ and
 * $p = \mathrm{softmax}(z)$, `[samples, classes]`; the trainable parameters, and how the loss grows with
 * each; the weights of the last layer, `[units, classes]`, and how the loss grows with each of these.
 */
export function gradientsOf(model: tf.LayersModel, x: tf.Tensor, labels: ArrayLike<number>) {
  const output = outputLayer(model);
  const forward = forwardTo(output, model, x);
  const { hidden, logits } = forward();
  const truth = tf.oneHot(tf.tensor1d(Array.from(labels), 'int32'), itemAt(logits.shape, 1));
  // The mean of −ln p of the right class, from the logits: exact even if a probability rounds to 0.
  const crossEntropy = (logits: tf.Tensor) =>
    logits.logSoftmax().mul(truth).sum(-1).mean().neg() as tf.Scalar;
  const variables = model.trainableWeights.map(weight => weight.read() as tf.Variable);
  const { value, grads } =
    variables.length > 0
      ? tf.variableGrads(() => crossEntropy(forward().logits), variables)
      : { value: crossEntropy(logits), grads: {} };
  const gradients = variables.map(({ name }) => grads[name] as tf.Tensor);
  const probabilities = logits.softmax();
  return {
    loss: scalar(value),
    hidden,
    logits,
    probabilities,
    variables,
    gradients,
    kernel: itemAt(output.getWeights(), 0),
    kernelGradients: hidden.transpose().matMul(probabilities.sub(truth)).div(labels.length),
    /** Returns the mean cross-entropy of the batch, `[]`, if these were its logits. */
    crossEntropy,
    /** Measures the loss after steps of other learning rates; a rate of 0 leaves the model as it is. */
    lossesAlong: (rates: readonly number[]) =>
      withMoved(variables, gradients, rates, () => scalar(crossEntropy(forward().logits))),
  };
}

/**
 * Measures something while all parameters have gone against their gradients, by each rate in turn.
 *
 * The parameters move for as long as it takes, and then are again what they were, bit for bit.
 */
function withMoved(
  variables: readonly tf.Variable[],
  gradients: readonly tf.Tensor[],
  rates: readonly number[],
  measure: () => number,
): number[] {
  // Each shares the memory of its variable, which is not written to but replaced.
  const origins = variables.map(variable => variable.clone());
  try {
    return rates.map(rate =>
      tf.tidy(() => {
        variables.forEach((variable, i) => {
          variable.assign(itemAt(origins, i).sub(itemAt(gradients, i).mul(rate)));
        });
        return measure();
      }),
    );
  } finally {
    variables.forEach((variable, i) => {
      variable.assign(itemAt(origins, i));
    });
  }
}

const scalar = (value: tf.Tensor) => itemAt(value.dataSync(), 0);
