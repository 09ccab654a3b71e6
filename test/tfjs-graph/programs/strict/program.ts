/** An ordinary program without casts. */
import type * as tf from '@tensorflow/tfjs';
import 'tfjs-graph';

export function report(model: tf.Sequential, x: tf.Tensor, y: tf.Tensor): string {
  const kinds = model.predict(x).argMax(1);
  const [loss, accuracy] = model.evaluate(x, y);
  return `${loss} ${accuracy} ${kinds.arraySync()}`;
}

// Casts that tfjs-layers needs remain valid.
export const outputs = (model: tf.LayersModel, x: tf.Tensor) => model.predict(x) as tf.Tensor[];
export const loss = (model: tf.LayersModel, x: tf.Tensor) => model.evaluate(x, x) as tf.Scalar;
