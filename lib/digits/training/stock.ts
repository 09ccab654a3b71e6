import * as tf from '@tensorflow/tfjs';

/** The model methods replaced by digits. */
export type ModelMethods = Pick<
  tf.LayersModel,
  'fit' | 'fitDataset' | 'evaluate' | 'predict' | 'summary'
>;

/** Prototype with the methods; a sequential model calls the same methods on the wrapped model. */
export const prototype = tf.LayersModel.prototype as ModelMethods & {
  [STOCK_METHODS]?: ModelMethods;
};

/** Key of the prototype's property with TensorFlow.js's original methods, for example for comparisons. */
export const STOCK_METHODS: unique symbol = Symbol.for('digits.stock-methods') as never;

const { fit, fitDataset, evaluate, predict, summary } = prototype;

// Another copy of digits may already have replaced the methods.
prototype[STOCK_METHODS] ??= { fit, fitDataset, evaluate, predict, summary };

export const stock = prototype[STOCK_METHODS];
