/** Layers in the syntax of the tests' tables. */
import * as tf from '@tensorflow/tfjs';

/** A layer by name in `tf.layers`, optionally with options, which may contain layers in the same form. */
export type Written = string | Readonly<Record<string, object>>;

export function layerOf(written: Written): tf.layers.Layer {
  const [[name, options] = ['', {}]] = Object.entries(
    typeof written === 'string' ? { [written]: {} } : written,
  );
  const args = Object.entries(options).map(([key, value]) => {
    if (!/^(layer|cells?)$/.test(key)) return [key, value];
    return [key, Array.isArray(value) ? value.map(layerOf) : layerOf(value)];
  });
  return tf.layers[name as 'dense'](Object.fromEntries(args));
}
