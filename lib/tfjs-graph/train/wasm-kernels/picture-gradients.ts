/**
 * Gradients of convolutions and of max pooling: of depthwise ones by TensorFlow.js's kernels, of the others a
 * sample at a time, as `train/wasm` computes them. Pictures have their channels last.
 */
import * as tf from '@tensorflow/tfjs';
import { MaxPooling } from '../wasm/max-pooling';
import { type Matrix, Memory, transposed } from '../wasm/memory';
import {
  area,
  type Moves,
  paddedPictures,
  patchesOf,
  type Size,
  type Window,
  windowOn,
} from '../wasm/pictures';
import { numbersOf } from '../wasm/samples';

type Shape = readonly [number, number, number, number];

/** The pictures or the filters, and the slopes of the output. */
type Inputs<K extends string> = Readonly<Record<K, tf.Tensor4D>>;

/** The gradient of the filters of a convolution. */
export function conv2DBackpropFilter(
  { x, dy }: Inputs<'x' | 'dy'>,
  { filterShape, ...moves }: Moves & { readonly filterShape: Shape },
): tf.Tensor {
  const [high, wide, channels, filters] = filterShape;
  const gradient = filterGradient(windowOn(x.shape, [high, wide], moves), channels, filters);
  return tf.tensor(gradient(numbersOf(x), numbersOf(dy)), [...filterShape]);
}

/** The gradient of max pooling: each window's goes to the first of its largest numbers. */
export function maxPoolGrad(
  { input, dy }: Inputs<'input' | 'dy'>,
  { filterSize, ...moves }: Moves & { readonly filterSize: Size | number },
): tf.Tensor {
  const channels = input.shape[3];
  const gradient = poolingGradient(windowOn(input.shape, filterSize, moves), channels, channels);
  return tf.tensor(gradient(numbersOf(input), numbersOf(dy)), input.shape);
}

/** The gradient of the filters of a depthwise convolution, `[height, width, channels, multiplier]`. */
export function depthwiseBackpropFilter(
  { x, dy }: Inputs<'x' | 'dy'>,
  { filterShape, ...moves }: Moves & { readonly filterShape: Shape },
): tf.Tensor {
  const [high, wide, channels, multiplier] = filterShape;
  const { strides, output, before, around } = windowOn(x.shape, [high, wide], moves);
  const padded = x.pad([
    [0, 0],
    [before[0], around[0] - before[0]],
    [before[1], around[1] - before[1]],
    [0, 0],
  ]);
  const byChannel = dy.reshape([-1, channels, multiplier]);
  const down = (output[0] - 1) * strides[0] + 1;
  const across = (output[1] - 1) * strides[1] + 1;
  const taps: tf.Tensor[] = [];
  for (let top = 0; top < high; top++) {
    for (let left = 0; left < wide; left++) {
      const end = [x.shape[0], top + down, left + across, channels];
      const tap = tf.tidy(() => {
        const met = padded.stridedSlice([0, top, left, 0], end, [1, ...strides, 1]);
        return met.reshape([-1, channels, 1]).mul(byChannel).sum(0);
      });
      taps.push(tap);
    }
  }
  return tf.stack(taps).reshape([...filterShape]);
}

/**
 * The gradient of the input of a depthwise convolution: that of the output, with gaps for the strides
 * and with margins, convolved with the filters turned by half a turn.
 */
export function depthwiseBackpropInput(
  { dy, filter }: Inputs<'dy' | 'filter'>,
  { inputShape, ...moves }: Moves & { readonly inputShape: Shape },
): tf.Tensor {
  const [samples, height, width, channels] = inputShape;
  const [high, wide, , multiplier] = filter.shape;
  const { strides, output, before } = windowOn(inputShape, [high, wide], moves);
  const down = (output[0] - 1) * strides[0] + 1;
  const across = (output[1] - 1) * strides[1] + 1;
  // A pixel, then as many zeros as a stride leaves out; those behind the last pixel are cut off.
  const spread = dy
    .reshape([samples, output[0], 1, output[1], 1, channels * multiplier])
    .pad([
      [0, 0],
      [0, 0],
      [0, strides[0] - 1],
      [0, 0],
      [0, strides[1] - 1],
      [0, 0],
    ])
    .reshape([samples, output[0] * strides[0], output[1] * strides[1], -1])
    .slice([0, 0, 0, 0], [samples, down, across, channels * multiplier]);
  const [top, left] = [high - 1 - before[0], wide - 1 - before[1]];
  const padded = spread
    .pad([
      [0, 0],
      [top, height + high - 1 - top - down],
      [left, width + wide - 1 - left - across],
      [0, 0],
    ])
    .reshape([samples, height + high - 1, -1, channels, multiplier]);
  const turned = filter.reverse([0, 1]);
  const parts = Array.from({ length: multiplier }, (_, m) => {
    const own = tf.gather(padded, m, 4) as tf.Tensor4D;
    return own.depthwiseConv2d(turned.slice([0, 0, 0, m], [-1, -1, -1, 1]), 1, 'valid');
  });
  return tf.addN(parts);
}

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
