/** Takes the gradients of a recorded step by TensorFlow's own ops. */
import type * as tf from '@tensorflow/tfjs';
import { Attributes, type NativeBackend } from '../../graph/backend';
import { withGradients } from '../../graph/gradients';

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
