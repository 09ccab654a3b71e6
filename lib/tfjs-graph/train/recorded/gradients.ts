import type * as tf from '@tensorflow/tfjs';
import { Attributes, type NativeBackend } from '../../graph/backend';
import { withGradients } from '../../graph/gradients';

/** Input order of ops such as `ReluGrad`, for activations whose gradient TensorFlow.js composes of several ops. */
const GRADIENTS: Readonly<Record<string, (dy: tf.Tensor, y: tf.Tensor) => tf.Tensor[]>> = {
  Relu: (dy, y) => [dy, y],
  Relu6: (dy, y) => [dy, y],
  Sigmoid: (dy, y) => [y, dy],
  Tanh: (dy, y) => [y, dy],
};

/** Runs `work` with TensorFlow's own ops for the gradients of activations. */
export function withNativeGradients<T>(backend: NativeBackend, work: () => T): T {
  const { binding } = backend;
  const attrs = [new Attributes(binding).type('T', binding.TF_FLOAT)];
  const gradients = Object.entries(GRADIENTS).map(
    ([kernelName, inputs]): tf.GradConfig => ({
      kernelName,
      outputsToSave: [true],
      gradFunc(dy, [y]) {
        const tensors = inputs(dy as tf.Tensor, y as tf.Tensor);
        return { x: () => backend.executeSingleOutput(`${kernelName}Grad`, attrs, tensors) };
      },
    }),
  );
  return withGradients(gradients, work);
}
