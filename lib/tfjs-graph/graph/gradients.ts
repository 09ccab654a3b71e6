/** Gradients in place of those of TensorFlow.js, while a function runs. */
import * as tf from '@tensorflow/tfjs';

/** Runs `work`, in which these gradients take the place of TensorFlow.js's own. */
export function withGradients<T>(gradients: readonly tf.GradConfig[], work: () => T): T {
  const stock = gradients.map(({ kernelName }) => tf.getGradient(kernelName));
  gradients.forEach(replaceGradient);
  try {
    return work();
  } finally {
    stock.forEach(replaceGradient);
  }
}

function replaceGradient(gradient: tf.GradConfig): void {
  tf.unregisterGradient(gradient.kernelName);
  tf.registerGradient(gradient);
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

/**
 * Sums up what comes back to the copies of a tensor. TensorFlow.js adds them one by one: thousands of
 * operations in each step of a LayerNormalization.
 */
export const TILE_GRADIENT: tf.GradConfig = {
  kernelName: 'Tile',
  inputsToSave: ['x'],
  gradFunc: (dy, [x], attrs) => ({
    x: () => {
      const { shape } = x as tf.Tensor;
      // Copies and sizes by turns, without those of 1.
      const sizes = (attrs.reps as number[])
        .flatMap((copies, axis) => [
          { size: copies, isCopied: true },
          { size: shape[axis] ?? 1, isCopied: false },
        ])
        .filter(({ size }) => size !== 1);
      const copied = sizes.flatMap(({ isCopied }, axis) => (isCopied ? axis : []));
      const divided = (dy as tf.Tensor).reshape(sizes.map(({ size }) => size));
      return (copied.length > 0 ? divided.sum(copied) : divided).reshape(shape);
    },
  }),
};
