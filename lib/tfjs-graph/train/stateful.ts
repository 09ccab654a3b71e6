import type * as tf from '@tensorflow/tfjs';
import { isPresent } from '../array';

/** A layer that may hold others: a model, a wrapper, an RNN with its cells. */
interface Holder extends tf.layers.Layer {
  readonly layers?: readonly Holder[];
  readonly layer?: Holder;
  readonly forwardLayer?: Holder;
  readonly backwardLayer?: Holder;
  readonly cell?: Holder;
  readonly cells?: readonly Holder[];
}

/**
 * Returns the first layer that carries its state from one batch to the next, at whatever depth.
 *
 * @param layers such as `model.layers`.
 * @returns undefined if there is none.
 * @example
 * const layers = [tf.layers.dense({ units: 1 }), tf.layers.lstm({ units: 2, stateful: true, name: 'memory' })];
 * statefulLayer(layers).name; // 'memory'
 */
export function statefulLayer(layers: readonly tf.layers.Layer[]): tf.layers.Layer | undefined {
  for (const layer of layers as readonly Holder[]) {
    // A model is stateful by a layer of its own, which says more.
    if (layer.stateful && !layer.layers) return layer;
    const { layers: inner = [], cells = [], cell, layer: wrapped } = layer;
    const held = [...inner, ...cells, cell, wrapped, layer.forwardLayer, layer.backwardLayer];
    const found = statefulLayer(held.filter(isPresent));
    if (found) return found;
  }
  return undefined;
}
