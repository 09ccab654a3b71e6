import * as tf from '@tensorflow/tfjs';
import { Attributes, hasOwnOps, type NativeBackend } from '../../graph/backend';

/** Input order of ops such as `ReluGrad`, for activations whose gradient TensorFlow.js composes of several ops. */
const GRADIENTS: Readonly<Record<string, (dy: tf.Tensor, y: tf.Tensor) => tf.Tensor[]>> = {
  Relu: (dy, y) => [dy, y],
  Relu6: (dy, y) => [dy, y],
  Sigmoid: (dy, y) => [y, dy],
  Tanh: (dy, y) => [y, dy],
};

/** Runs `work` with single ops for the gradients of activations. The addon's own op also computes a softmax's. */
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
  const softmax = tf.getGradient('Softmax');
  if (hasOwnOps(backend)) {
    gradients.push({
      ...softmax,
      gradFunc(dy, [y], softmaxAttrs) {
        const inputs = [dy, y] as tf.Tensor[];
        if (y?.rank !== 2) return softmax.gradFunc(dy, inputs.slice(1), softmaxAttrs);
        return { logits: () => backend.executeSingleOutput('SoftmaxSlopes', [], inputs) };
      },
    });
  }
  const stock = gradients.map(({ kernelName }) => tf.getGradient(kernelName));
  const register = (gradient: tf.GradConfig) => {
    tf.unregisterGradient(gradient.kernelName);
    tf.registerGradient(gradient);
  };
  gradients.forEach(register);
  try {
    return work();
  } finally {
    stock.forEach(register);
  }
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
