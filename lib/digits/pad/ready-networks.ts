import type * as tf from '@tensorflow/tfjs';
import { messages } from '../language';
import { denseLayers, PadModelError } from './dense-layers';
import { type InitialLayer, type PackedLayer, pack } from './plain-network';
import { trainedLayers } from './trained-layers';

/** A network that the pad has without a model: the lesson's, trained, and as it is before training. */
export type ReadyNetwork = 'trained' | 'untrained';

/** As {@link pack} would give them, were each weight not drawn in the page. */
const UNTRAINED: readonly InitialLayer[] = [
  { inputs: 784, units: 128, seed: 1, activation: 'relu' },
  { inputs: 128, units: 10, seed: 2, activation: 'softmax' },
];

/**
 * Returns the layers that the pad computes; undefined if those of the trained network are missing or
 * damaged.
 *
 * @throws PadModelError for a model that it cannot compute, or another name.
 */
export function padLayers(
  model: tf.LayersModel | ReadyNetwork,
): readonly (PackedLayer | InitialLayer)[] | undefined {
  if (model === 'trained') return trainedLayers();
  if (model === 'untrained') return UNTRAINED;
  if (typeof model === 'string') throw new PadModelError(messages().pad.otherName(model));
  return denseLayers(model).map(layer => pack(layer));
}
