import * as tf from '@tensorflow/tfjs';
import { itemAt } from '../item-at';
import { forwardTo, type OutputLayer } from './forward-pass';

/**
 * Computes a batch and, by backpropagation, the gradient of its loss. To be called within `tf.tidy`.
 *
 * @param output the model's last layer.
 * @param labels the class of each sample.
 * @returns the mean cross-entropy; the outputs of the layer before the last, `[samples, units]`; $z$ and
 * $p = \mathrm{softmax}(z)$, `[samples, classes]`; the trainable parameters, and how the loss grows with
 * each; how it grows with each weight of the last layer, `[units, classes]`.
 */
export function gradientsOf(
  model: tf.LayersModel,
  output: OutputLayer,
  x: tf.Tensor,
  labels: ArrayLike<number>,
) {
  const forward = forwardTo(output, model, x);
  const { hidden, logits } = forward();
  const truth = tf.oneHot(tf.tensor1d(Array.from(labels), 'int32'), itemAt(logits.shape, 1));
  // The mean of −ln p of the right class, from the logits: exact even if a probability rounds to 0.
  const crossEntropy = (logits: tf.Tensor2D) =>
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
    outputGradients: hidden.transpose().matMul<tf.Tensor2D>(probabilities.sub(truth)),
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
