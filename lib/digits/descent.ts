import * as tf from '@tensorflow/tfjs';
import { itemAt } from './item-at';

/** A dense output layer with softmax, and what feeds it. */
export type OutputLayer = tf.layers.Layer & { input: tf.SymbolicTensor };

/** What one batch says of a model: how wrong it is, and which way each parameter should go. */
export interface Gradients {
  /** The mean cross-entropy of the batch. */
  readonly loss: number;
  /** The outputs of the layer before the last, `samples × units`. */
  readonly hidden: Float32Array;
  /** $z$, `samples × classes`. */
  readonly logits: Float32Array;
  /** $p = \mathrm{softmax}(z)$, `samples × classes`. */
  readonly probabilities: Float32Array;
  /** The trainable parameters, and how the loss grows with each; not to be disposed of. */
  readonly variables: readonly tf.Variable[];
  readonly gradients: readonly tf.Tensor[];
}

/**
 * Computes a batch and, by backpropagation, the gradient of its loss. Layers compute as they do when
 * they predict: dropout leaves all units on. To be called within `tf.tidy`.
 *
 * @param output the model's last layer.
 * @param labels the class of each sample.
 */
export function gradientsOf(
  model: tf.LayersModel,
  output: OutputLayer,
  x: tf.Tensor,
  labels: ArrayLike<number>,
): Gradients {
  const forward = forwardTo(model, output, x);
  const truth = tf.oneHot(tf.tensor1d(Array.from(labels), 'int32'), classesOf(output));
  const { hidden, logits } = forward();
  const variables = model.trainableWeights.map(weight => weight.read() as tf.Variable);
  const { value, grads } =
    variables.length > 0
      ? tf.variableGrads(() => crossEntropy(forward().logits, truth), variables)
      : { value: crossEntropy(logits, truth), grads: {} };
  return {
    loss: itemAt(value.dataSync(), 0),
    hidden: floats(hidden),
    logits: floats(logits),
    probabilities: floats(logits.softmax()),
    variables,
    gradients: variables.map(({ name }) => grads[name] as tf.Tensor),
  };
}

/**
 * Measures the loss where all parameters have gone against their gradients by a learning rate.
 *
 * The parameters move for as long as it takes, and then are again what they were, bit for bit.
 *
 * @param rates how far to go; 0 is where the model stands.
 * @returns the mean cross-entropy at each.
 */
export function lossesAlong(
  rates: readonly number[],
  { variables, gradients }: Pick<Gradients, 'variables' | 'gradients'>,
  model: tf.LayersModel,
  output: OutputLayer,
  x: tf.Tensor,
  labels: ArrayLike<number>,
): number[] {
  return tf.tidy(() => {
    const forward = forwardTo(model, output, x);
    const truth = tf.oneHot(tf.tensor1d(Array.from(labels), 'int32'), classesOf(output));
    // Each shares the memory of its variable, which is not written to but replaced.
    const origins = variables.map(variable => variable.clone());
    try {
      return rates.map(rate =>
        tf.tidy(() => {
          variables.forEach((variable, i) => {
            variable.assign(itemAt(origins, i).sub(itemAt(gradients, i).mul(rate)));
          });
          return itemAt(crossEntropy(forward().logits, truth).dataSync(), 0);
        }),
      );
    } finally {
      variables.forEach((variable, i) => {
        variable.assign(itemAt(origins, i));
      });
    }
  });
}

/** Prepares the way from samples to logits, by the weights that the model has at each call. */
function forwardTo(model: tf.LayersModel, output: OutputLayer, x: tf.Tensor) {
  const before = tf.model({ inputs: model.inputs, outputs: output.input });
  return () => {
    const hidden = before.apply(x, { training: false }) as tf.Tensor2D;
    const [kernel, bias] = output.getWeights() as [tf.Tensor2D, tf.Tensor1D?];
    const products = hidden.matMul(kernel);
    return { hidden, logits: (bias ? products.add(bias) : products) as tf.Tensor2D };
  };
}

/** The mean of −ln p of the right class, from the logits: exact where a probability rounds to 0. */
const crossEntropy = (logits: tf.Tensor2D, truth: tf.Tensor) =>
  logits.logSoftmax().mul(truth).sum(-1).mean().neg() as tf.Scalar;

const classesOf = (output: OutputLayer) => Number((output.outputShape as tf.Shape).at(-1));

const floats = (tensor: tf.Tensor) => Float32Array.from(tensor.dataSync());
