import type * as tf from '@tensorflow/tfjs';
import { itemAt } from '../item-at';
import { messages } from '../language';

/**
 * Returns the first dense layer of a model for pictures, `[null, height, width]`, with the weights.
 *
 * @returns the layer, the picture size, the number of units, and a function that returns a unit's weights, one
 * per pixel, row by row.
 * @throws RangeError if the layer has no weight for each pixel.
 */
export function pixelWeights(model: Pick<tf.LayersModel, 'inputs' | 'layers'>) {
  const [, height = null, width = null, ...more] = model.inputs[0]?.shape ?? [];
  const layer = model.layers.find(layer => layer.getClassName() === 'Dense');
  const kernel = layer?.getWeights()[0];
  const [inputs, units = 0] = kernel?.shape ?? [];
  if (layer && kernel && height && width && !more.length && inputs === height * width) {
    const weights = kernel.dataSync<'float32'>();
    const weightsOf = (unit: number): Float32Array =>
      Float32Array.from({ length: inputs }, (_, pixel) => itemAt(weights, pixel * units + unit));
    return { layer, size: [height, width] as const, units, weightsOf };
  }
  throw new RangeError(messages().figures.unitWeights.noPixelWeights);
}

/** Weights of the first hidden units, recorded during training. */
export interface UnitRecord {
  /** Picture size in pixels. */
  readonly size: readonly [height: number, width: number];
  /** Snapshots by ascending step; empty before training. */
  readonly snapshots: readonly UnitSnapshot[];
}

export interface UnitSnapshot {
  /** Number of completed steps; 0 is before training. */
  readonly step: number;
  /** Mean loss of the last ten steps; undefined before the first step. */
  readonly loss?: number;
  /** Weights by unit, one per pixel, row by row. */
  readonly weights: readonly Float32Array[];
}
