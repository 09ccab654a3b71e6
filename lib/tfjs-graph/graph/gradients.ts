import * as tf from '@tensorflow/tfjs';

/** Runs `work` with these gradients instead of TensorFlow.js's own. */
export function withGradients<T>(gradients: readonly tf.GradConfig[], work: () => T): T {
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
