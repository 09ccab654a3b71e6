/** Gradients in place of those of TensorFlow.js, while a function runs. */
import * as tf from '@tensorflow/tfjs';

/** Runs `work`, in which these gradients take the place of TensorFlow.js's own. */
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

/** Tells whether a tensor depends on weights that are trained, so that its gradient is asked for. */
export function isLearnt({ id }: tf.Tensor): boolean {
  const variables = Object.values(tf.engine().registeredVariables);
  const learnt = new Set(variables.flatMap(each => (each.trainable ? each.id : [])));
  for (const { inputs, outputs } of tf.engine().state.activeTape ?? []) {
    if (!Object.values(inputs).some(input => learnt.has(input.id))) continue;
    for (const output of outputs) learnt.add(output.id);
  }
  return learnt.has(id);
}
