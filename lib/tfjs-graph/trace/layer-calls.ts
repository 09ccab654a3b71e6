import * as tf from '@tensorflow/tfjs';
import type { Patch } from '../with-values';

type Tensors = tf.Tensor | tf.Tensor[];

/** A layer's variable, with internal members. */
export type Weight = { read(): tf.Tensor; write(value: tf.Tensor): unknown };

/** The options of a layer's `call`, such as `training`. */
export type CallArgs = Readonly<Record<string, unknown>> | null;

/** A replacement for a layer's `call`, with the first input and the original method. */
export type Call = (layer: never, x: tf.Tensor, args: CallArgs, stock: () => Tensors) => Tensors;

/** Returns patches that replace the `call` methods of layers, by class name. */
export function callPatches(calls: Readonly<Record<string, Call>>): Patch[] {
  const classes = tf.serialization.SerializationMap.getMap().classNameMap;
  return Object.entries(calls).map(([name, replacement]) => {
    const layer = classes[name]?.[0].prototype as unknown as {
      call(inputs: Tensors, args: CallArgs): Tensors;
    };
    const { call: stock } = layer;
    const call: typeof stock = function (this: never, inputs, args) {
      const [x] = [inputs].flat() as [tf.Tensor];
      return replacement(this, x, args, () => stock.call(this, inputs, args));
    };
    return [layer, { call }];
  });
}
