/** The trained network that comes with the lesson, bundled with the rest for a browser. */
import type { PackedLayer } from './plain-network';
import network from './trained-network.json';

/** Returns its layers; its twin may find none. */
export const trainedLayers = (): readonly PackedLayer[] | undefined =>
  network.layers as readonly PackedLayer[];
