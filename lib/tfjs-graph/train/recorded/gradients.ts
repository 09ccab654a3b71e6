/** Takes the gradients of a recorded step as Keras does, and by TensorFlow's own ops. */
import * as tf from '@tensorflow/tfjs';
import { at } from '../../array';
import { Attributes, hasOwnOps, type NativeBackend } from '../../graph/backend';
import { withGradients } from '../../graph/gradients';
import type { InnerModel, Loss } from '../trainer';

/** Takes a loss, one value a sample, from what an activation was given, the logits. */
interface LogitLoss {
  readonly activation: 'Softmax' | 'Sigmoid';
  take(backend: NativeBackend, labels: tf.Tensor, logits: tf.Tensor, output: tf.Tensor): tf.Tensor;
}

/** By their names in tfjs-layers. */
const LOSSES: Readonly<Record<string, LogitLoss>> = {
  sparseCategoricalCrossentropy: {
    activation: 'Softmax',
    take: (backend, labels, logits) =>
      crossEntropy(
        backend,
        'SparseSoftmaxCrossEntropyWithLogits',
        logits,
        labels.flatten().toInt(),
      ),
  },
  categoricalCrossentropy: {
    activation: 'Softmax',
    take: (backend, labels, logits) =>
      crossEntropy(backend, 'SoftmaxCrossEntropyWithLogits', logits, labels.toFloat()),
  },
  binaryCrossentropy: {
    activation: 'Sigmoid',
    take: (backend, labels, logits, output) =>
      logits.rank === 2 && !backend.isUsingGpuDevice && hasOwnOps(backend.binding)
        ? crossEntropy(backend, 'BinaryCrossEntropy', logits, labels.toFloat())
        : binaryCrossEntropy(labels.toFloat(), logits, output),
  },
};

/**
 * Runs `work`, in which the cross-entropy of a softmax or a sigmoid is taken from its logits, as in Keras.
 *
 * tfjs-layers takes it from the probabilities, cut off at 1e-7: a sample of which the network is
 * wrongly sure then has no gradient. From the logits it has the largest.
 */
export function withLogitLoss<T>(backend: NativeBackend, model: InnerModel, work: () => T): T {
  const logitsOf = new Map<tf.DataId, tf.Tensor>();
  const kept: tf.Tensor[] = [];
  const stock = model.lossFunctions;
  const losses = stock.map((_, output) => LOSSES[String(lossOf(model, output))]);
  const names = new Set(losses.flatMap(loss => loss?.activation ?? []));
  const activations = [...names].map(name => tf.getKernel(name, 'tensorflow'));
  const kernels = activations.map(({ kernelFunc }) => kernelFunc);
  for (const [i, activation] of activations.entries()) {
    activation.kernelFunc = args => {
      const output = at(kernels, i)(args) as tf.TensorInfo;
      const { logits, x = logits } = args.inputs as Record<string, tf.Tensor>;
      // Layers dispose of what they made on the way.
      if (x && !x.kept) kept.push(tf.keep(x));
      if (x) logitsOf.set(output.dataId, x);
      return output;
    };
  }
  model.lossFunctions = stock.map((loss, output): Loss => {
    const entry = losses[output];
    if (!entry) return loss;
    return (labels, probabilities) => {
      const logits = logitsOf.get(probabilities.dataId);
      if (!logits || (entry.activation === 'Softmax' && logits.rank !== 2)) {
        return loss(labels, probabilities);
      }
      return entry.take(backend, labels, logits, probabilities);
    };
  });
  try {
    return work();
  } finally {
    for (const [i, activation] of activations.entries()) activation.kernelFunc = at(kernels, i);
    model.lossFunctions = stock;
    tf.dispose(kept);
  }
}

/** Returns the loss of an output as `compile` was given it: one for all, a list, or by the outputs' names. */
function lossOf({ loss, outputNames }: InnerModel, output: number): unknown {
  if (typeof loss !== 'object') return loss;
  const all = loss as Readonly<Record<string | number, unknown>>;
  return all[Array.isArray(loss) ? output : (outputNames[output] ?? '')];
}

/** `[samples]`, one value a sample. */
function crossEntropy(
  backend: NativeBackend,
  op: string,
  logits: tf.Tensor,
  labels: tf.Tensor,
): tf.Tensor {
  const { TF_FLOAT, TF_INT32 } = backend.binding;
  const attributes = new Attributes(backend.binding);
  const attrs = [
    ...(op === 'BinaryCrossEntropy' ? [] : [attributes.type('T', TF_FLOAT)]),
    ...(labels.dtype === 'int32' ? [attributes.type('Tlabels', TF_INT32)] : []),
  ];
  const entropy = tf.customGrad((x, save) => {
    const made = backend.executeMultipleOutputs(op, attrs, [x as tf.Tensor, labels], 2);
    const [loss, slope] = [at(made, 0), at(made, 1)];
    (save as tf.GradSaveFunc)([slope]);
    const gradFunc = (dy: tf.Tensor, [saved]: tf.Tensor[]) =>
      dy.reshape([-1, 1]).mul(saved as tf.Tensor);
    return { value: loss, gradFunc: gradFunc as (dy: tf.Tensor, saved: tf.Tensor[]) => tf.Tensor };
  });
  return entropy(logits);
}

/** `[samples, ...]`, a mean over the last axis. */
function binaryCrossEntropy(labels: tf.Tensor, logits: tf.Tensor, output: tf.Tensor): tf.Tensor {
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
    return { value, gradFunc: gradFunc as (dy: tf.Tensor, saved: tf.Tensor[]) => tf.Tensor };
  });
  return entropy(logits);
}

/** An activation whose gradient is one op of TensorFlow's; TensorFlow.js composes it of several. */
interface NativeGradient {
  readonly kernel: string;
  readonly input: string;
  readonly op: string;
  /** The op's inputs: the gradient of the output, and the output. */
  readonly inputs: (dy: tf.Tensor, y: tf.Tensor) => tf.Tensor[];
}

const GRADIENTS: readonly NativeGradient[] = [
  { kernel: 'Relu', input: 'x', op: 'ReluGrad', inputs: (dy, y) => [dy, y] },
  { kernel: 'Relu6', input: 'x', op: 'Relu6Grad', inputs: (dy, y) => [dy, y] },
  { kernel: 'Sigmoid', input: 'x', op: 'SigmoidGrad', inputs: (dy, y) => [y, dy] },
  { kernel: 'Tanh', input: 'x', op: 'TanhGrad', inputs: (dy, y) => [y, dy] },
];

/** Runs `work`, in which activations are differentiated by TensorFlow's own ops. */
export function withNativeGradients<T>(backend: NativeBackend, work: () => T): T {
  const { binding } = backend;
  const attrs = [new Attributes(binding).type('T', binding.TF_FLOAT)];
  const gradients = GRADIENTS.map(
    ({ kernel, input, op, inputs }): tf.GradConfig => ({
      kernelName: kernel,
      outputsToSave: [true],
      gradFunc: (dy, [y]) => ({
        [input]: () =>
          backend.executeSingleOutput(op, attrs, inputs(dy as tf.Tensor, y as tf.Tensor)),
      }),
    }),
  );
  return withGradients(gradients, work);
}
