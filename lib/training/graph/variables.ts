import * as tf from '@tensorflow/tfjs';

/**
 * Gives each variable data of its own: `a.setWeights(b.getWeights())` lets two share theirs, and a
 * recording tells variables apart by their data.
 */
export function separateVariables(): void {
  const seen = new Set<tf.DataId>();
  for (const variable of Object.values(tf.engine().registeredVariables)) {
    if (seen.has(variable.dataId)) {
      const copy = tf.tensor(variable.dataSync().slice(), variable.shape, variable.dtype);
      variable.assign(copy);
      copy.dispose();
    }
    seen.add(variable.dataId);
  }
}

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
