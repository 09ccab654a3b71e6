/** Gradients of convolutions and of max pooling, a sample at a time, as `train/wasm` computes them. */
import * as tf from '@tensorflow/tfjs';
import { MaxPooling } from '../wasm/max-pooling';
import { type Matrix, Memory, transposed, type View } from '../wasm/memory';
import {
  area,
  paddedPictures,
  patchesOf,
  type SpreadPictures,
  type Window,
} from '../wasm/pictures';
import { numbersOf } from '../wasm/samples';
import type { Compute } from './kernel';
import { convolutionOf } from './per-filter-tap';

/** The gradient of a convolution's filters. */
export const conv2DBackpropFilter: Compute = ({ x, dy }, attrs) => {
  const pictures = x as tf.Tensor;
  const filterShape = attrs.filterShape as number[];
  const info = convolutionOf(pictures.shape, filterShape, attrs, false);
  const gradient = filterGradient(windowOf(info), info.inChannels, info.outChannels);
  return tf.tensor(gradient.sumUp(numbersOf(pictures), numbersOf(dy as tf.Tensor)), filterShape);
};

/** The gradient of max pooling: each window's goes to the first of its largest numbers. */
export const maxPoolGrad: Compute = ({ dy, input }, attrs) => {
  const { filterSize, strides, pad, dimRoundingMode } = attrs as {
    filterSize: number;
    strides: number;
    pad: 'valid' | 'same' | number;
    dimRoundingMode?: 'floor' | 'round' | 'ceil';
  };
  const { shape } = input as tf.Tensor4D;
  const { computePool2DInfo } = tf.backend_util;
  const info = computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  const gradient = poolingGradient(windowOf(info), info.inChannels, info.outChannels);
  const [pictures, slopes] = [numbersOf(input as tf.Tensor), numbersOf(dy as tf.Tensor)];
  return tf.tensor(gradient.of(pictures, slopes), shape);
};

class FilterGradient {
  private readonly memory = new Memory();
  private readonly picture: Matrix;
  private readonly padded: SpreadPictures | undefined;
  private readonly patches: View;
  private readonly slopes: Matrix;
  private readonly gradient: Matrix;

  constructor(
    private readonly window: Window,
    channels: number,
    private readonly filters: number,
  ) {
    const { memory } = this;
    this.picture = memory.samples(1, area(window.input) * channels);
    this.padded = paddedPictures(memory, 1, window, channels);
    const width = window.input[1] + window.around[1];
    this.patches = patchesOf(this.padded?.pictures ?? this.picture, 0, width, channels, window);
    this.slopes = memory.samples(1, area(window.output) * filters);
    this.gradient = memory.matrix(area(window.size) * channels, filters);
  }

  /** Adds up, over all samples, the products of the patches with the output's gradient. */
  sumUp(pictures: tf.TypedArray, slopes: tf.TypedArray): Float32Array {
    const { memory, gradient, patches, filters } = this;
    const own = this.slopes.rowAs(0, area(this.window.output), filters);
    const samples = slopes.length / this.slopes.columns;
    gradient.values.fill(0);
    for (let sample = 0; sample < samples; sample++) {
      copySample(pictures, sample, this.picture);
      copySample(slopes, sample, this.slopes);
      this.padded?.copy(this.picture, 0, 0);
      memory.multiply(transposed(patches), own, gradient, gradient);
    }
    return gradient.read();
  }
}

class PoolingGradient {
  private readonly memory = new Memory();
  private readonly picture: Matrix;
  private readonly gradient: Matrix;
  private readonly layer: MaxPooling;

  constructor(window: Window, channels: number) {
    const { memory } = this;
    const size = area(window.input) * channels;
    this.picture = memory.samples(1, size);
    this.gradient = memory.samples(1, size);
    this.layer = new MaxPooling(memory, { kind: 'max-pooling', window, channels }, this.picture);
  }

  of(pictures: tf.TypedArray, slopes: tf.TypedArray): Float32Array {
    const { picture, gradient, layer } = this;
    const all = new Float32Array(pictures.length);
    for (let sample = 0; sample * picture.columns < all.length; sample++) {
      copySample(pictures, sample, picture);
      layer.forward(1);
      copySample(slopes, sample, layer.delta);
      layer.backward(1, gradient);
      all.set(gradient.read(), sample * picture.columns);
    }
    return all;
  }
}

function copySample(all: tf.TypedArray, sample: number, { values, columns }: Matrix): void {
  values.set(all.subarray(sample * columns, (sample + 1) * columns));
}

/** Returns `make`, which keeps what it makes for each of the shapes, of which a model has few. */
function once<T>(make: (window: Window, channels: number, filters: number) => T): typeof make {
  const known = new Map<string, T>();
  return (...shapes) => {
    const key = JSON.stringify(shapes);
    const made = known.get(key) ?? make(...shapes);
    known.set(key, made);
    return made;
  };
}

const filterGradient = once((...shapes) => new FilterGradient(...shapes));
const poolingGradient = once((window, channels) => new PoolingGradient(window, channels));

function windowOf({ padInfo, ...info }: tf.backend_util.Conv2DInfo): Window {
  const { top, bottom, left, right } = padInfo;
  return {
    input: [info.inHeight, info.inWidth],
    size: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    output: [info.outHeight, info.outWidth],
    before: [top, left],
    around: [top + bottom, left + right],
  };
}
