import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import { withValues } from '../with-values';
import { type InnerModel, type Loss, lossOf } from './trainer';

/** Takes a loss, one value a sample, from what an activation was given, the logits. */
type Entropy = (logits: tf.Tensor, labels: tf.Tensor) => tf.Tensor;

/**
 * How an engine takes them: `sparse` of classes, int32, `[samples]`, the others of probabilities, shaped as the
 * logits.
 */
export type Entropies = Readonly<Record<'sparse' | 'dense' | 'binary', Entropy>>;

/** Losses by their names in tfjs-layers. */
const LOSSES: Readonly<Record<string, readonly ['Softmax' | 'Sigmoid', keyof Entropies]>> = {
  sparseCategoricalCrossentropy: ['Softmax', 'sparse'],
  categoricalCrossentropy: ['Softmax', 'dense'],
  binaryCrossentropy: ['Sigmoid', 'binary'],
};

/**
 * Runs `work`, in which the cross-entropy of a softmax or a sigmoid is taken from its logits, as in Keras.
 *
 * tfjs-layers takes it from the probabilities, cut off at 1e-7: a sample of which the network is
 * wrongly sure then has no gradient. From the logits it has the largest.
 *
 * @param backendName the engine that runs `work`.
 */
export function withLossOfLogits<T>(
  backendName: string,
  model: InnerModel,
  entropies: Entropies,
  work: () => T,
): T {
  const logitsOf = new Map<tf.DataId, tf.Tensor[]>();
  const kept: tf.Tensor[] = [];
  const stock = model.lossFunctions;
  const losses = stock.map((_, output) => LOSSES[String(lossOf(model, output))]);
  const names = new Set(losses.flatMap(loss => loss?.[0] ?? []));
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
    const [activation, kind] = entry;
    return (labels, probabilities) => {
      const logits = logitsOf.get(probabilities.dataId)?.find(each => !each.isDisposed);
      if (!logits || (activation === 'Softmax' && logits.rank !== 2)) {
        return loss(labels, probabilities);
      }
      const taken = kind === 'sparse' ? labels.flatten().toInt() : labels.toFloat();
      return entropies[kind](logits, taken);
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
export const binaryEntropy: Entropy = (logits, labels) =>
  tf.softplus(logits).sub(logits.mul(labels)).mean(-1);
