import type * as tf from '@tensorflow/tfjs';
import { itemAt } from '../item-at';
import { messages } from '../language';

/** The layer of a model that reads its pixels, and its weights. */
export interface PixelWeights {
  readonly layer: tf.layers.Layer;
  /** Row after row of pixels, `[height × width, units]`. */
  readonly weights: Float32Array;
  readonly height: number;
  readonly width: number;
  readonly units: number;
}

/**
 * Finds the first dense layer of a model of pictures, `[null, height, width]`, and its weights.
 *
 * @throws RangeError if there is none that has a weight for each pixel.
 */
export function pixelWeights(model: Pick<tf.LayersModel, 'inputs' | 'layers'>): PixelWeights {
  const [, height = null, width = null, ...more] = model.inputs[0]?.shape ?? [];
  const layer = model.layers.find(layer => layer.getClassName() === 'Dense');
  const kernel = layer?.getWeights()[0];
  const [inputs, units = 0] = kernel?.shape ?? [];
  if (layer && kernel && height && width && !more.length && inputs === height * width) {
    return { layer, weights: kernel.dataSync<'float32'>(), height, width, units };
  }
  throw new RangeError(messages().figures.unitWeights.noPixelWeights);
}

/** Returns the weights of one unit, a pixel each, row after row. */
export const weightsOf = ({ weights, units }: PixelWeights, unit: number): Float32Array =>
  Float32Array.from({ length: weights.length / units }, (_, at) =>
    itemAt(weights, at * units + unit),
  );

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
