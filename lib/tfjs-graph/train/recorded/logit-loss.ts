import * as tf from '@tensorflow/tfjs';
import { Attributes } from '../../graph/attributes';
import type { NativeBackend } from '../../graph/backend';
import type { InnerModel, Loss } from '../trainer';

/** An op of TensorFlow's that takes a loss from logits. */
interface LogitLoss {
  readonly op: string;
  readonly labels: (labels: tf.Tensor) => tf.Tensor;
}

/** By their names in tfjs-layers. */
const LOSSES: Readonly<Record<string, LogitLoss>> = {
  sparseCategoricalCrossentropy: {
    op: 'SparseSoftmaxCrossEntropyWithLogits',
    labels: labels => labels.flatten().toInt(),
  },
  categoricalCrossentropy: {
    op: 'SoftmaxCrossEntropyWithLogits',
    labels: labels => labels.toFloat(),
  },
};

/**
 * Runs `work`, in which the cross-entropy of a softmax is taken from its logits, as in Keras.
 *
 * tfjs-layers takes it from the probabilities, cut off at 1e-7: a sample of which the network is
 * wrongly sure then has no gradient. From the logits it has the largest.
 */
export function withLogitLoss<T>(backend: NativeBackend, model: InnerModel, work: () => T): T {
  const logitsOf = new Map<tf.DataId, tf.Tensor>();
  const kept: tf.Tensor[] = [];
  const softmax = tf.getKernel('Softmax', 'tensorflow');
  const { kernelFunc } = softmax;
  softmax.kernelFunc = args => {
    const output = kernelFunc(args) as tf.TensorInfo;
    const logits = args.inputs.logits as tf.Tensor;
    // Layers dispose of what they made on the way.
    if (!logits.kept) kept.push(tf.keep(logits));
    logitsOf.set(output.dataId, logits);
    return output;
  };
  const stock = model.lossFunctions;
  model.lossFunctions = stock.map((loss): Loss => {
    const entry = logitLosses().get(loss);
    if (!entry) return loss;
    return (labels, probabilities) => {
      const logits = logitsOf.get(probabilities.dataId);
      if (logits?.rank !== 2) return loss(labels, probabilities);
      return crossEntropy(backend, entry, logits, labels);
    };
  });
  try {
    return work();
  } finally {
    softmax.kernelFunc = kernelFunc;
    model.lossFunctions = stock;
    tf.dispose(kept);
  }
}

/** The same by tfjs-layers' own functions, which compiling a model shows. */
let logitLosses = (): ReadonlyMap<Loss, LogitLoss> => {
  const layers = [tf.layers.dense({ units: 1, inputShape: [1] })];
  const losses = Object.entries(LOSSES).map(([loss, entry]) => {
    const model = tf.sequential({ layers });
    model.compile({ optimizer: 'sgd', loss });
    const { lossFunctions } = (model as unknown as { model: InnerModel }).model;
    return [lossFunctions[0] as Loss, entry] as const;
  });
  const known = new Map(losses);
  logitLosses = () => known;
  return known;
};

/** `[samples]`, one value a sample. */
function crossEntropy(
  backend: NativeBackend,
  { op, labels: prepared }: LogitLoss,
  logits: tf.Tensor,
  given: tf.Tensor,
): tf.Tensor {
  const labels = prepared(given);
  const { TF_FLOAT, TF_INT32 } = backend.binding;
  const attributes = new Attributes(backend.binding);
  const attrs = [
    attributes.type('T', TF_FLOAT),
    ...(labels.dtype === 'int32' ? [attributes.type('Tlabels', TF_INT32)] : []),
  ];
  const entropy = tf.customGrad((x, save) => {
    const [loss, slope] = backend.executeMultipleOutputs(
      op,
      attrs,
      [x as tf.Tensor, labels],
      2,
    ) as [tf.Tensor, tf.Tensor];
    (save as tf.GradSaveFunc)([slope]);
    const gradFunc = (dy: tf.Tensor, [saved]: tf.Tensor[]) =>
      dy.reshape([-1, 1]).mul(saved as tf.Tensor);
    return { value: loss, gradFunc: gradFunc as (dy: tf.Tensor, saved: tf.Tensor[]) => tf.Tensor };
  });
  return entropy(logits);
}
