import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import { withValues } from '../with-values';
import { type InnerModel, type Loss, lossOf } from './trainer';

/** Takes a loss, one value a sample, from what an activation was given, the logits. */
export interface LogitLoss {
  readonly activation: 'Softmax' | 'Sigmoid';
  take(labels: tf.Tensor, logits: tf.Tensor, output: tf.Tensor): tf.Tensor;
}

/**
 * Runs `work`, in which the cross-entropy of a softmax or a sigmoid is taken from its logits, as in Keras.
 *
 * tfjs-layers takes it from the probabilities, cut off at 1e-7: a sample of which the network is
 * wrongly sure then has no gradient. From the logits it has the largest.
 *
 * @param backendName the engine that runs `work`.
 * @param all losses by their names in tfjs-layers.
 */
export function withLossOfLogits<T>(
  backendName: string,
  model: InnerModel,
  all: Readonly<Record<string, LogitLoss>>,
  work: () => T,
): T {
  const logitsOf = new Map<tf.DataId, tf.Tensor[]>();
  const kept: tf.Tensor[] = [];
  const stock = model.lossFunctions;
  const losses = stock.map((_, output) => all[String(lossOf(model, output))]);
  const names = new Set(losses.flatMap(loss => loss?.activation ?? []));
  const activations = [...names].map(name => tf.getKernel(name, backendName));
  const kernels = activations.map(({ kernelFunc }) => kernelFunc);
  for (const [i, activation] of activations.entries()) {
    activation.kernelFunc = args => {
      const output = at(kernels, i)(args) as tf.TensorInfo;
      const { logits, x = logits } = args.inputs as Record<string, tf.Tensor>;
      if (!x) return output;
      // Layers dispose of what they made on the way, where no gradient needs it.
      const copy = tf.keep(x.clone());
      kept.push(copy);
      if (!x.kept) kept.push(tf.keep(x));
      logitsOf.set(output.dataId, [x, copy]);
      return output;
    };
  }
  const lossFunctions = stock.map((loss, output): Loss => {
    const entry = losses[output];
    if (!entry) return loss;
    return (labels, probabilities) => {
      const logits = logitsOf.get(probabilities.dataId)?.find(each => !each.isDisposed);
      if (!logits || (entry.activation === 'Softmax' && logits.rank !== 2)) {
        return loss(labels, probabilities);
      }
      return entry.take(labels, logits, probabilities);
    };
  });
  try {
    return withValues(model, { lossFunctions }, work);
  } finally {
    for (const [i, activation] of activations.entries()) activation.kernelFunc = at(kernels, i);
    tf.dispose(kept);
  }
}

/** The binary cross-entropy of a sigmoid, on any engine: `[samples, ...]`, a mean over the last axis. */
export const BINARY_LOGIT_LOSS: LogitLoss = {
  activation: 'Sigmoid',
  take(given, logits, output) {
    const labels = given.toFloat();
    const entropy = tf.customGrad((x, save) => {
      (save as tf.GradSaveFunc)([output, labels]);
      const gradFunc = (dy: tf.Tensor, [p, y]: tf.Tensor[]) =>
        dy
          .div(p?.shape.at(-1) ?? 1)
          .expandDims(-1)
          .mul((p as tf.Tensor).sub(y as tf.Tensor));
      const value = tf
        .softplus(x as tf.Tensor)
        .sub((x as tf.Tensor).mul(labels))
        .mean(-1);
      return {
        value,
        gradFunc: gradFunc as (dy: tf.Tensor, saved: tf.Tensor[]) => tf.Tensor,
      };
    });
    return entropy(logits);
  },
};
