import * as tf from '@tensorflow/tfjs';

/** The methods of a model that digits replaces. */
export type ModelMethods = Pick<
  tf.LayersModel,
  'fit' | 'fitDataset' | 'evaluate' | 'predict' | 'summary'
>;

/** A sequential model calls these methods of the model that it wraps. */
export const prototype = tf.LayersModel.prototype as ModelMethods & {
  [STOCK_METHODS]?: ModelMethods;
};

/** The prototype's property that keeps TensorFlow.js's own methods, such as for a comparison with them. */
export const STOCK_METHODS: unique symbol = Symbol.for('digits.stock-methods') as never;

const { fit, fitDataset, evaluate, predict, summary } = prototype;

// Another copy of digits may have replaced them before.
prototype[STOCK_METHODS] ??= { fit, fitDataset, evaluate, predict, summary };

/** TensorFlow.js's own methods. */
export const stock = prototype[STOCK_METHODS];
