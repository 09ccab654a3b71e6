import * as tf from '@tensorflow/tfjs';
import { withValues } from '../with-values';

type Tensors = tf.Tensor | tf.Tensor[];

/** What a layer keeps, with what its type leaves out. */
export type Weight = { read(): tf.Tensor; write(value: tf.Tensor): unknown };

/** What a layer does, called with its first input; `stock` does what it does by itself. */
export type Call = (layer: never, x: tf.Tensor, given: never, stock: () => Tensors) => Tensors;

/** Runs `work`, in which layers of tfjs-layers do something else when they are called, by the names of their classes. */
export function withCalls<T>(calls: Readonly<Record<string, Call>>, work: () => T): T {
  const classes = tf.serialization.SerializationMap.getMap().classNameMap;
  return Object.entries(calls).reduce((inner, [name, own]) => {
    const layer = classes[name]?.[0].prototype as unknown as {
      call(inputs: Tensors, given: unknown): Tensors;
    };
    const { call: stock } = layer;
    const call: typeof stock = function (this: never, inputs, given) {
      const [x] = [inputs].flat() as [tf.Tensor];
      return own(this, x, given as never, () => stock.call(this, inputs, given));
    };
    return () => withValues(layer, { call }, inner);
  }, work)();
}
