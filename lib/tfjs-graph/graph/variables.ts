import * as tf from '@tensorflow/tfjs';

export const allVariables = (): tf.Variable[] => Object.values(tf.engine().registeredVariables);

/**
 * Gives each variable data of its own: `a.setWeights(b.getWeights())` lets two share theirs, and a
 * recording tells variables apart by their data.
 */
export function separateVariables(): void {
  const seen = new Set<tf.DataId>();
  for (const variable of allVariables()) {
    if (seen.has(variable.dataId)) {
      const copy = copyOf(variable);
      variable.assign(copy);
      copy.dispose();
    }
    seen.add(variable.dataId);
  }
}

/** Copies a tensor, to data of its own. */
export const copyOf = (tensor: tf.Tensor): tf.Tensor =>
  tf.tensor(tensor.dataSync().slice(), tensor.shape, tensor.dtype);

/** Runs `work`, and undoes what it did to variables. */
export function preservingVariables<T>(work: () => T): T {
  const saved = new Map<tf.Variable, tf.Tensor>();
  const { assign } = tf.Variable.prototype;
  // Also catches variables that are made while it runs, before their first change.
  tf.Variable.prototype.assign = function (this: tf.Variable, value: tf.Tensor) {
    if (!saved.has(this)) saved.set(this, tf.keep(this.clone()));
    assign.call(this, value);
  };
  try {
    return work();
  } finally {
    tf.Variable.prototype.assign = assign;
    for (const [variable, before] of saved) {
      variable.assign(before);
      before.dispose();
    }
  }
}
