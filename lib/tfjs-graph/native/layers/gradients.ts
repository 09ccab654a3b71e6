import * as tf from '@tensorflow/tfjs';
import { Attributes, type NativeBackend } from '../../backend';
import type { Patch } from '../../with-values';

/** Input order of ops such as `ReluGrad`, for activations whose gradient TensorFlow.js composes of several ops. */
const GRADIENTS: Readonly<Record<string, (dy: tf.Tensor, y: tf.Tensor) => tf.Tensor[]>> = {
  Relu: (dy, y) => [dy, y],
  Relu6: (dy, y) => [dy, y],
  Sigmoid: (dy, y) => [y, dy],
  Tanh: (dy, y) => [y, dy],
};

/** Returns patches that compute the gradients of activations by single ops. */
export function activationGradients(backend: NativeBackend): Patch[] {
  const { binding } = backend;
  const attrs = [new Attributes(binding).type('T', binding.TF_FLOAT)];
  return Object.entries(GRADIENTS).map(([name, inputs]) => {
    const gradFunc: tf.GradFunc = (dy, [y]) => {
      const tensors = inputs(dy as tf.Tensor, y as tf.Tensor);
      return { x: () => backend.executeSingleOutput(`${name}Grad`, attrs, tensors) };
    };
    return [tf.getGradient(name), { inputsToSave: [], outputsToSave: [true], gradFunc }];
  });
}

/** Returns a patch that computes the gradient of a softmax of matrices by this package's op. */
export function softmaxGradient(backend: NativeBackend): Patch {
  const softmax = tf.getGradient('Softmax');
  const { gradFunc: stock } = softmax;
  const gradFunc: tf.GradFunc = (dy, [y], attrs) => {
    const inputs = [dy, y] as tf.Tensor[];
    if (y?.rank !== 2) return stock(dy, inputs.slice(1), attrs);
    return { logits: () => backend.executeSingleOutput('SoftmaxSlopes', [], inputs) };
  };
  return [softmax, { gradFunc }];
}

/** Returns whether a tensor depends on trainable variables, so its gradient is needed. */
export function needsGradient({ id }: tf.Tensor): boolean {
  const variables = Object.values(tf.engine().registeredVariables);
  const dependent = new Set(variables.flatMap(({ id, trainable }) => (trainable ? id : [])));
  for (const { inputs, outputs } of tf.engine().state.activeTape ?? []) {
    if (!Object.values(inputs).some(input => dependent.has(input.id))) continue;
    for (const output of outputs) dependent.add(output.id);
  }
  return dependent.has(id);
}
