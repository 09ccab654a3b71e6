import type * as tf from '@tensorflow/tfjs';
import { itemAt } from '../item-at';
import { messages } from '../language';

/**
 * Finds the first dense layer of a model of pictures, `[null, height, width]`, and its weights.
 *
 * @returns the layer; the size of a picture; the number of units, and the weights of one of them, a
 * pixel each, row after row.
 * @throws RangeError if there is none that has a weight for each pixel.
 */
export function pixelWeights(model: Pick<tf.LayersModel, 'inputs' | 'layers'>) {
  const [, height = null, width = null, ...more] = model.inputs[0]?.shape ?? [];
  const layer = model.layers.find(layer => layer.getClassName() === 'Dense');
  const kernel = layer?.getWeights()[0];
  const [inputs, units = 0] = kernel?.shape ?? [];
  if (layer && kernel && height && width && !more.length && inputs === height * width) {
    const weights = kernel.dataSync<'float32'>();
    const weightsOf = (unit: number): Float32Array =>
      Float32Array.from({ length: inputs }, (_, at) => itemAt(weights, at * units + unit));
    return { layer, size: [height, width] as const, units, weightsOf };
  }
  throw new RangeError(messages().figures.unitWeights.noPixelWeights);
}

/** What was recorded of the first hidden units while a network was trained. */
export interface UnitRecord {
  /** Sizes of the picture, in pixels. */
  readonly size: readonly [height: number, width: number];
  /** In the order of their steps; none before training. */
  readonly snapshots: readonly UnitSnapshot[];
}

/** The units behind one step. */
export interface UnitSnapshot {
  /** Steps taken so far; 0 is before training. */
  readonly step: number;
  /** The mean loss of the last ten steps; none before the first. */
  readonly loss?: number;
  /** A unit's weights, one a pixel, row after row. */
  readonly weights: readonly Float32Array[];
}
