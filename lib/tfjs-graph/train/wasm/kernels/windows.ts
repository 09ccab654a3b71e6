/** Windows that move over pictures, `[samples, ...places, channels]`: pooling and depthwise convolutions. */
import * as tf from '@tensorflow/tfjs';
import { at } from '../../../array';
import { div, equal } from '../expression';
import { IDENTITY } from '../fuse';
import { type Builder, type Placed, type Tensor, viewOf } from '../ir';
import { pad, slice } from './arrange';
import type { Given, Kernel } from './kernel';
import { firstWith } from './reductions';

type Size = readonly number[];

/** A window over two axes, or three. */
export interface Window {
  readonly size: Size;
  readonly strides: Size;
  readonly dilations: Size;
  /** Places of the window. */
  readonly output: Size;
  /** How far the window reaches beyond the start of each axis. */
  readonly before: Size;
  /** The same, and beyond the end. */
  readonly around: Size;
}

/** Lays a window over pictures, as TensorFlow.js does. */
export function windowOf(shape: Size, given: unknown, attrs: Given['attrs']): Window {
  const lengths = shape.slice(1, -1);
  const each = (value: unknown): number[] => {
    const list = [(value as number | number[] | undefined) ?? 1].flat();
    return lengths.map((_, i) => list[i] ?? at(list, 0));
  };
  const { dimRoundingMode: rounding, dataFormat = 'NHWC' } = attrs;
  if (!/HWC$/.test(String(dataFormat))) throw new RangeError('Expected channels to come last');
  const [size, strides, dilations] = [given, attrs.strides, attrs.dilations].map(each);
  const sizes = [
    [...shape.slice(0, -1), 1],
    [...(size as Size), 1, 1],
    strides,
    dilations,
    attrs.pad,
  ];
  const { computeConv2DInfo, computeConv3DInfo } = tf.backend_util as unknown as Compute;
  const { outShape, padInfo } =
    lengths.length === 3
      ? computeConv3DInfo(...sizes, false, 'channelsLast', rounding)
      : computeConv2DInfo(...sizes, rounding);
  const sides = [
    ['front', 'back'],
    ['top', 'bottom'],
    ['left', 'right'],
  ].slice(-lengths.length);
  const reach = sides.map(side => side.map(name => padInfo[name] ?? 0) as [number, number]);
  return {
    ...({ size, strides, dilations } as Record<'size' | 'strides' | 'dilations', Size>),
    output: outShape.slice(1, -1),
    before: reach.map(([start]) => start),
    around: reach.map(([start, end]) => start + end),
  };
}

/** What TensorFlow.js computes of a window. */
interface Info {
  readonly outShape: Size;
  readonly padInfo: Readonly<Record<string, number>>;
}

type Compute = Record<'computeConv2DInfo' | 'computeConv3DInfo', (...args: unknown[]) => Info>;

/** Returns what a window shows of pictures, and of the margins that it reaches into. */
export const patchesOf = (builder: Builder, x: Tensor, window: Window, filling = 0): Tensor => {
  const shape = paddedShape(x.shape, window);
  return shownOf(pad(builder, x, [0, ...window.before, 0], shape, filling), window);
};

const paddedShape = (shape: Size, { around }: Window) =>
  shape.map((length, axis) => length + ([0, ...around, 0][axis] ?? 0));

/** Returns what a window shows of pictures, in place: `[samples, ...places, ...size, channels]`. */
export const shownOf = <T extends Tensor>(
  pictures: T,
  { size, strides, dilations, output }: Omit<Window, 'before' | 'around'>,
): T => {
  const shape = [at(pictures.shape, 0), ...output, ...size, at(pictures.shape, -1)];
  return viewOf(pictures, shape, ({ offset, strides: own }) => {
    const steps = (each: Size) => each.map((step, i) => step * at(own, i + 1));
    return { offset, strides: [at(own, 0), ...steps(strides), ...steps(dilations), at(own, -1)] };
  });
};

/** Puts an axis of length 1 for each of the window's behind those of its places, in place. */
function atPlaces(builder: Builder, tensor: Tensor): Tensor {
  const places = tensor.shape.slice(0, -1);
  return builder.reshape(tensor, [
    ...places,
    ...places.slice(1).map(() => 1),
    at(tensor.shape, -1),
  ]);
}

/** Combines what a window shows at each place. */
const pooled = (builder: Builder, x: Tensor, window: Window, by: 'add' | 'max'): Tensor =>
  builder.reduce(patchesOf(builder, x, window, IDENTITY[by]), axesOf(window), by, false);

/** Returns the window's axes in what it shows. */
const axesOf = ({ size }: Window) => size.map((_, i) => size.length + 1 + i);

/** Returns how many pixels a window shows at each place. */
function countsOf(builder: Builder, shape: Size, window: Window): Tensor {
  const ones: Tensor = { shape: [1, ...shape.slice(1, -1), 1], dtype: 'float32', access: 1 };
  return pooled(builder, builder.contiguous(ones), window, 'add');
}

/** Adds products up to the pictures of which a window shows them at each place. */
function sumUpShown(
  builder: Builder,
  shape: Size,
  window: Window,
  factors: readonly Tensor[],
  isByChannel = false,
): Tensor {
  const pictures = builder.make(paddedShape(shape, window));
  const patches = shownOf(pictures, window);
  builder.sumUp(isByChannel ? behind(builder, patches) : patches, factors);
  return slice(pictures, [0, ...window.before, 0], shape);
}

/** Puts an axis behind the others, in place. */
const behind = (builder: Builder, tensor: Tensor) =>
  builder.reshape(tensor, [...tensor.shape, 1]) as Placed;

/** Returns the output of a depthwise convolution, or its slopes, with axes for the window and the multiplier. */
const byChannel = (builder: Builder, tensor: Tensor, multiplier: number): Tensor => {
  const [samples = 1, high = 1, wide = 1, channels = 1] = tensor.shape;
  return builder.reshape(tensor, [samples, high, wide, 1, 1, channels / multiplier, multiplier]);
};

const depthwise: Kernel = ({ x, named, builder, attrs }) => {
  const { filter } = named;
  const window = windowOf(x.shape, filter.shape, attrs);
  const patches = behind(builder, patchesOf(builder, x, window));
  const multiplier = at(filter.shape, -1);
  const out = builder.make([at(x.shape, 0), ...window.output, at(x.shape, -1) * multiplier]);
  const target = byChannel(builder, out, multiplier) as Placed;
  builder.sumUp(target, [patches, filter]);
  return out;
};

const averagePool: Kernel = ({ x, builder, attrs }) => {
  const window = windowOf(x.shape, attrs.filterSize, attrs);
  const sums = pooled(builder, x, window, 'add');
  return builder.map([sums, countsOf(builder, x.shape, window)], div);
};

const averagePoolGradient: Kernel = ({ builder, attrs, named: { dy, input } }) => {
  const window = windowOf(input.shape, attrs.filterSize, attrs);
  const shares = builder.map([dy, countsOf(builder, input.shape, window)], div);
  return sumUpShown(builder, input.shape, window, [atPlaces(builder, shares)]);
};

const maxPool: Kernel = ({ x, builder, attrs }) =>
  pooled(builder, x, windowOf(x.shape, attrs.filterSize, attrs), 'max');

/** Each window's slope goes to the first of its largest numbers. */
const maxPoolGradient: Kernel = ({ builder, attrs, named: { dy, input, output } }) => {
  const window = windowOf(input.shape, attrs.filterSize, attrs);
  const seen = patchesOf(builder, input, window, -Infinity);
  const numbers = builder.count([...window.size, 1]);
  const first = firstWith(builder, seen, atPlaces(builder, output), numbers, axesOf(window));
  const isFirst = builder.map([numbers, first], equal);
  return sumUpShown(builder, input.shape, window, [atPlaces(builder, dy), isFirst]);
};

export const windows: Readonly<Record<string, Kernel>> = {
  AvgPool: averagePool,
  AvgPool3D: averagePool,
  AvgPool3DGrad: averagePoolGradient,
  AvgPoolGrad: averagePoolGradient,
  DepthwiseConv2dNative: depthwise,
  DepthwiseConv2dNativeBackpropFilter({ x, builder, attrs, named: { dy } }) {
    const shape = attrs.filterShape as number[];
    const window = windowOf(x.shape, shape, attrs);
    const patches = behind(builder, patchesOf(builder, x, window));
    const slopes = byChannel(builder, dy, at(shape, -1));
    const out = builder.make(shape);
    builder.sumUp(out, [patches, slopes]);
    return out;
  },
  DepthwiseConv2dNativeBackpropInput({ builder, attrs, named: { dy, filter } }) {
    const shape = attrs.inputShape as number[];
    const window = windowOf(shape, filter.shape, attrs);
    const slopes = byChannel(builder, dy, at(filter.shape, -1));
    return sumUpShown(builder, shape, window, [slopes, filter], true);
  },
  MaxPool: maxPool,
  MaxPool3D: maxPool,
  MaxPool3DGrad: maxPoolGradient,
  MaxPoolGrad: maxPoolGradient,
  ResizeNearestNeighbor({ named: { images }, attrs, builder }) {
    const [high, wide] = attrs.size as [number, number];
    const shape = [at(images.shape, 0), high, wide, at(images.shape, 3)];
    return builder.reshape(enlarged(images, attrs), shape);
  },
  ResizeNearestNeighborGrad({ named: { dy, images }, attrs, builder }) {
    const { shape } = enlarged(images, { ...attrs, size: dy.shape.slice(1, 3) });
    return builder.reshape(builder.reduce(builder.reshape(dy, shape), [2, 4], 'add'), images.shape);
  },
};

/** Repeats each pixel of pictures, in place: `[samples, height, times, width, times, channels]`. */
function enlarged(
  images: Tensor,
  { size, alignCorners, halfPixelCenters }: Given['attrs'],
): Tensor {
  const [samples = 1, height = 1, width = 1, channels = 1] = images.shape;
  const [down = 1, across = 1] = (size as number[]).map(
    (length, i) => length / at([height, width], i),
  );
  if (alignCorners || halfPixelCenters || down % 1 || across % 1) {
    throw new RangeError('Expected pictures to become a whole number of times as large');
  }
  return viewOf(images, [samples, height, down, width, across, channels], ({ offset, strides }) => {
    const [sample = 0, row = 0, column = 0, channel = 0] = strides;
    return { offset, strides: [sample, row, 0, column, 0, channel] };
  });
}
