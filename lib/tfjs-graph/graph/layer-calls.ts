import * as tf from '@tensorflow/tfjs';
import { withValues } from '../with-values';

type Tensors = tf.Tensor | tf.Tensor[];

/** A layer's variable, with internal members. */
export type Weight = { read(): tf.Tensor; write(value: tf.Tensor): unknown };

/** A replacement for a layer's `call`, with the first input and the original method. */
export type Call = (layer: never, x: tf.Tensor, kwargs: never, stock: () => Tensors) => Tensors;

/** Runs `work` with replaced `call` methods of layers, by class name. */
export function withCalls<T>(calls: Readonly<Record<string, Call>>, work: () => T): T {
  const classes = tf.serialization.SerializationMap.getMap().classNameMap;
  return Object.entries(calls).reduce((inner, [name, replacement]) => {
    const layer = classes[name]?.[0].prototype as unknown as {
      call(inputs: Tensors, kwargs: unknown): Tensors;
    };
    const { call: stock } = layer;
    const call: typeof stock = function (this: never, inputs, kwargs) {
      const [x] = [inputs].flat() as [tf.Tensor];
      return replacement(this, x, kwargs as never, () => stock.call(this, inputs, kwargs));
    };
    return () => withValues(layer, { call }, inner);
  }, work)();
}
