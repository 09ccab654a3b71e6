/** Takes the gradients of a recorded step as Keras does, and by TensorFlow's own ops. */
import * as tf from '@tensorflow/tfjs';
import { at } from '../../array';
import { Attributes, hasOwnOps, type NativeBackend } from '../../graph/backend';
import { withGradients } from '../../graph/gradients';
import { binaryEntropy, type Entropies, withLossOfLogits } from '../logit-loss';
import type { InnerModel } from '../trainer';

const entropiesOf = (backend: NativeBackend): Entropies => ({
  sparse: (logits, labels) =>
    crossEntropy(backend, 'SparseSoftmaxCrossEntropyWithLogits', logits, labels),
  dense: (logits, labels) => crossEntropy(backend, 'SoftmaxCrossEntropyWithLogits', logits, labels),
  binary: (logits, labels) =>
    logits.rank === 2 && hasOwnOps(backend)
      ? crossEntropy(backend, 'BinaryCrossEntropy', logits, labels)
      : binaryEntropy(logits, labels),
});

/** Runs `work`, in which the cross-entropy of a softmax or a sigmoid is taken from its logits, as in Keras. */
export const withLogitLoss = <T>(backend: NativeBackend, model: InnerModel, work: () => T): T =>
  withLossOfLogits('tensorflow', model, entropiesOf(backend), work);

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

/**
 * What the ops `ReluGrad` and so on take, of the gradient of the output and the output: activations whose gradient
 * TensorFlow.js composes of several ops.
 */
const GRADIENTS: Readonly<Record<string, (dy: tf.Tensor, y: tf.Tensor) => tf.Tensor[]>> = {
  Relu: (dy, y) => [dy, y],
  Relu6: (dy, y) => [dy, y],
  Sigmoid: (dy, y) => [y, dy],
  Tanh: (dy, y) => [y, dy],
};

/** Runs `work`, in which activations are differentiated by TensorFlow's own ops. */
export function withNativeGradients<T>(backend: NativeBackend, work: () => T): T {
  const { binding } = backend;
  const attrs = [new Attributes(binding).type('T', binding.TF_FLOAT)];
  const gradients = Object.entries(GRADIENTS).map(
    ([kernelName, inputs]): tf.GradConfig => ({
      kernelName,
      outputsToSave: [true],
      gradFunc(dy, [y]) {
        const given = inputs(dy as tf.Tensor, y as tf.Tensor);
        return { x: () => backend.executeSingleOutput(`${kernelName}Grad`, attrs, given) };
      },
    }),
  );
  return withGradients(gradients, work);
}
