/** Gradients of convolutions and of max pooling, a sample at a time, as `train/wasm` computes them. */
import * as tf from '@tensorflow/tfjs';
import { MaxPooling } from '../wasm/max-pooling';
import { type Matrix, Memory, transposed } from '../wasm/memory';
import { area, paddedPictures, patchesOf, type Window } from '../wasm/pictures';
import { numbersOf } from '../wasm/samples';
import { type Compute, convolutionOf } from './kernel';

export const conv2DBackpropFilter: Compute = ({ x, dy }, attrs) => {
  const pictures = x as tf.Tensor;
  const filterShape = attrs.filterShape as number[];
  const info = convolutionOf(pictures.shape, filterShape, attrs, false);
  const gradient = filterGradient(windowOf(info), info.inChannels, info.outChannels);
  return tf.tensor(gradient(numbersOf(pictures), numbersOf(dy as tf.Tensor)), filterShape);
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
  return tf.tensor(gradient(pictures, slopes), shape);
};

/** Adds up, over all samples, the products of the patches with the output's gradient. */
const filterGradient = once((window, channels, filters) => {
  const memory = new Memory();
  const picture = memory.samples(1, area(window.input) * channels);
  const padded = paddedPictures(memory, 1, window, channels);
  const width = window.input[1] + window.around[1];
  const patches = patchesOf(padded?.pictures ?? picture, 0, width, channels, window);
  const slope = memory.samples(1, area(window.output) * filters);
  const places = slope.rowAs(0, area(window.output), filters);
  const gradient = memory.matrix(area(window.size) * channels, filters);
  return (pictures, slopes) => {
    gradient.values.fill(0);
    for (let sample = 0; sample * slope.columns < slopes.length; sample++) {
      copySample(pictures, sample, picture);
      copySample(slopes, sample, slope);
      padded?.copy(picture, 0, 0);
      memory.multiply(transposed(patches), places, gradient, gradient);
    }
    return gradient.read();
  };
});

const poolingGradient = once((window, channels) => {
  const memory = new Memory();
  const picture = memory.samples(1, area(window.input) * channels);
  const gradient = memory.samples(1, area(window.input) * channels);
  const layer = new MaxPooling(memory, picture, window);
  return (pictures, slopes) => {
    const all = new Float32Array(pictures.length);
    for (let sample = 0; sample * picture.columns < all.length; sample++) {
      copySample(pictures, sample, picture);
      layer.forward(1);
      copySample(slopes, sample, layer.delta);
      layer.backward(1, gradient);
      all.set(gradient.read(), sample * picture.columns);
    }
    return all;
  };
});

function copySample(all: tf.TypedArray, sample: number, { values, columns }: Matrix): void {
  values.set(all.subarray(sample * columns, (sample + 1) * columns));
}

type Gradient = (pictures: tf.TypedArray, slopes: tf.TypedArray) => Float32Array;

/** Returns `make`, which keeps what it makes for each of the shapes, of which a model has few. */
function once(make: (window: Window, channels: number, filters: number) => Gradient): typeof make {
  const known = new Map<string, Gradient>();
  return (...shapes) => {
    const key = JSON.stringify(shapes);
    const made = known.get(key) ?? make(...shapes);
    known.set(key, made);
    return made;
  };
}

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
