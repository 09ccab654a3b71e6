import type * as tf from '@tensorflow/tfjs';
import { at } from '../../array';
import { NotWasmError } from '../../errors';
import type { Activation } from './activations';
import type { Trainable } from './layer';
import type { LayerSpec } from './network';
import { type Size, windowOn } from './pictures';

export interface Weight {
  read(): tf.Variable;
}

/** A layer with fields that its public type leaves out; each layer has only some of them. */
export interface InnerLayer extends tf.layers.Layer {
  readonly activation: tf.serialization.Serializable;
  readonly kernel: Weight;
  readonly bias?: Weight | null;
  readonly kernelSize: Size;
  readonly dilationRate: Size;
  readonly poolSize: Size;
  readonly strides: Size;
  readonly padding: 'same' | 'valid';
  readonly dataFormat?: 'channelsFirst' | 'channelsLast';
  readonly rate: number;
  readonly noiseShape?: readonly number[];
  readonly seed?: number;
  readonly losses: (() => tf.Scalar)[];
  readonly kernelConstraint?: unknown;
  readonly biasConstraint?: unknown;
}

/** What reading a layer needs beside its own fields. */
export interface Context {
  /** Of the layer's activation, and of one that follows; none of the last layer's, which is softmax. */
  readonly activation: Activation | undefined;
  readonly trainable: (weight: Weight) => Trainable;
}

/** Returns what a layer is; undefined for one that hands on its numbers as they lie. */
export type Read = (layer: InnerLayer, context: Context) => LayerSpec | undefined;

/** The layers that have an activation, by their names in tfjs-layers. */
export const ACTIVATED: Readonly<Record<string, Read>> = {
  Dense(layer, { activation, trainable }) {
    const { kernel, bias } = layer;
    if (shapeOf(layer).length !== 1) throw new NotWasmError('layers');
    return {
      kind: 'dense',
      inputs: at(kernel.read().shape, 0),
      units: at(kernel.read().shape, 1),
      activation,
      kernel: trainable(kernel),
      bias: bias ? trainable(bias) : undefined,
    };
  },

  Conv2D(layer, { activation, trainable }) {
    const { kernel, bias, kernelSize, strides, padding, dilationRate } = layer;
    const [height, width, channels] = pictureOf(layer);
    if (dilationRate.some(rate => rate !== 1)) throw new NotWasmError('layers');
    return {
      kind: 'convolution',
      window: windowOn([height, width], kernelSize, strides, padding),
      channels,
      filters: at(kernel.read().shape, 3),
      activation,
      kernel: trainable(kernel),
      bias: bias ? trainable(bias) : undefined,
    };
  },
};

export const PLAIN: Readonly<Record<string, Read>> = {
  Flatten(layer) {
    // That one also turns the pictures.
    if (layer.dataFormat === 'channelsFirst') throw new NotWasmError('layers');
    return undefined;
  },

  Reshape: () => undefined,

  MaxPooling2D(layer) {
    const { poolSize, strides, padding } = layer;
    const [height, width, channels] = pictureOf(layer);
    return {
      kind: 'max-pooling',
      window: windowOn([height, width], poolSize, strides, padding),
      channels,
    };
  },

  Dropout({ rate, noiseShape, seed }) {
    if (noiseShape) throw new NotWasmError('layers');
    return rate > 0 && rate < 1 ? { kind: 'dropout', rate, seed } : undefined;
  },
};

/** Returns the shape of a sample that comes to a layer. */
export function shapeOf({ input }: tf.layers.Layer): readonly number[] {
  const [, ...shape] = (input as tf.SymbolicTensor).shape;
  return shape.map(size => {
    if (size === null) throw new NotWasmError('layers');
    return size;
  });
}

/** Returns height, width and channels of the pictures that come to a layer. */
function pictureOf(layer: InnerLayer): readonly [number, number, number] {
  const [height, width, channels, ...others] = shapeOf(layer);
  const isPicture = height && width && channels && others.length === 0;
  if (!isPicture || layer.dataFormat === 'channelsFirst') throw new NotWasmError('layers');
  return [height, width, channels];
}
