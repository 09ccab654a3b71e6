/** Sliding windows over images, `[samples, ...positions, channels]`: pooling and depthwise convolutions. */
import { at } from '../../array';
import { div, equal } from '../expression';
import { IDENTITY } from '../fuse';
import { type Builder, type Placed, type Tensor, viewOf } from '../ir';
import { pad, slice } from './arrange';
import type { Kernel, KernelCall } from './kernel';
import { firstWith } from './reductions';

type Size = readonly number[];

/** A window over two or three axes. */
export interface Window {
  readonly size: Size;
  readonly strides: Size;
  readonly dilations: Size;
  /** Number of window positions along each axis. */
  readonly output: Size;
  /** Padding before the start of each axis. */
  readonly before: Size;
  /** Total padding of each axis. */
  readonly around: Size;
}

/** Returns the window of a kernel over images of a shape. */
export function windowOf(shape: Size, windowSize: unknown, attrs: KernelCall['attrs']): Window {
  const { pad: padding, dataFormat = 'NHWC' } = attrs;
  if (!/HWC$/.test(String(dataFormat))) throw new RangeError('Expected channels to come last');
  const lengths = shape.slice(1, -1);
  const perAxis = (value: unknown): Size => {
    const list = [(value as number | Size | undefined) ?? 1].flat();
    return lengths.map((_, i) => list[i] ?? at(list, 0));
  };
  const size = perAxis(windowSize);
  const [strides, dilations] = [perAxis(attrs.strides), perAxis(attrs.dilations)];
  const round = Math[(attrs.dimRoundingMode ?? 'trunc') as 'trunc'];
  const axes = lengths.map((length, i) => {
    const [stride, reach] = [at(strides, i), (at(size, i) - 1) * at(dilations, i) + 1];
    if (padding === 'same') {
      const output = Math.ceil(length / stride);
      const around = Math.max(0, (output - 1) * stride + reach - length);
      return { output, around, before: Math.floor(around / 2) };
    }
    const pads = padding === 'valid' ? 0 : (padding as number | [number, number][]);
    const [before, after] = typeof pads === 'number' ? [pads, pads] : at(pads, i + 1);
    const around = before + after;
    return { output: round((length - reach + around) / stride + 1), around, before };
  });
  return {
    size,
    strides,
    dilations,
    output: axes.map(({ output }) => output),
    before: axes.map(({ before }) => before),
    around: axes.map(({ around }) => around),
  };
}

/** Pads images and returns the {@link viewPatches} of a window. */
export const patchesOf = (builder: Builder, x: Tensor, window: Window, filling = 0): Tensor => {
  const shape = paddedShape(x.shape, window);
  return viewPatches(pad(builder, x, [0, ...window.before, 0], shape, filling), window);
};

const paddedShape = (shape: Size, { around }: Window) =>
  shape.map((length, axis) => length + ([0, ...around, 0][axis] ?? 0));

/** Returns a view of the patches under a window: `[samples, ...positions, ...size, channels]`. */
export const viewPatches = <T extends Tensor>(
  images: T,
  { size, strides, dilations, output }: Omit<Window, 'before' | 'around'>,
): T => {
  const shape = [at(images.shape, 0), ...output, ...size, at(images.shape, -1)];
  return viewOf(images, shape, ({ offset, strides: base }) => {
    const scaled = (steps: Size) => steps.map((step, i) => step * at(base, i + 1));
    const inner = [...scaled(strides), ...scaled(dilations)];
    return { offset, strides: [at(base, 0), ...inner, at(base, -1)] };
  });
};

/** Inserts window axes of length 1 after the position axes. */
function addWindowAxes(builder: Builder, tensor: Tensor): Tensor {
  const positions = tensor.shape.slice(0, -1);
  const windowAxes = positions.slice(1).map(() => 1);
  return builder.reshape(tensor, [...positions, ...windowAxes, at(tensor.shape, -1)]);
}

/** Reduces the patch at each position. */
const pooled = (builder: Builder, x: Tensor, window: Window, by: 'add' | 'max'): Tensor =>
  builder.reduce(patchesOf(builder, x, window, IDENTITY[by]), axesOf(window), by, false);

const axesOf = ({ size }: Window) => size.map((_, i) => size.length + 1 + i);

/** Returns the number of pixels in the patch at each position, without padding. */
function countsOf(builder: Builder, shape: Size, window: Window): Tensor {
  const ones: Tensor = { shape: [1, ...shape.slice(1, -1), 1], dtype: 'float32', access: 1 };
  return pooled(builder, builder.contiguous(ones), window, 'add');
}

/** Adds products to the images under the window at each position. */
function scatterPatches(
  builder: Builder,
  shape: Size,
  window: Window,
  factors: readonly Tensor[],
  isByChannel = false,
): Tensor {
  const images = builder.make(paddedShape(shape, window));
  const patches = viewPatches(images, window);
  builder.addProducts(isByChannel ? addLastAxis(builder, patches) : patches, factors);
  return slice(images, [0, ...window.before, 0], shape);
}

const addLastAxis = (builder: Builder, tensor: Tensor) =>
  builder.reshape(tensor, [...tensor.shape, 1]) as Placed;

/** Reshapes the output, or the output's gradient, of a depthwise convolution: adds axes for window and multiplier. */
const byChannel = (builder: Builder, tensor: Tensor, multiplier: number): Tensor => {
  const [samples = 1, high = 1, wide = 1, channels = 1] = tensor.shape;
  return builder.reshape(tensor, [samples, high, wide, 1, 1, channels / multiplier, multiplier]);
};

const depthwise: Kernel = ({ x, named, builder, attrs }) => {
  const { filter } = named;
  const window = windowOf(x.shape, filter.shape, attrs);
  const patches = addLastAxis(builder, patchesOf(builder, x, window));
  const multiplier = at(filter.shape, -1);
  const out = builder.make([at(x.shape, 0), ...window.output, at(x.shape, -1) * multiplier]);
  const target = byChannel(builder, out, multiplier) as Placed;
  builder.addProducts(target, [patches, filter]);
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
  return scatterPatches(builder, input.shape, window, [addWindowAxes(builder, shares)]);
};

const maxPool: Kernel = ({ x, builder, attrs }) =>
  pooled(builder, x, windowOf(x.shape, attrs.filterSize, attrs), 'max');

/** Passes the gradient to the first maximum of each patch. */
const maxPoolGradient: Kernel = ({ builder, attrs, named: { dy, input, output } }) => {
  const window = windowOf(input.shape, attrs.filterSize, attrs);
  const patches = patchesOf(builder, input, window, -Infinity);
  const numbers = builder.count([...window.size, 1]);
  const first = firstWith(
    builder,
    patches,
    addWindowAxes(builder, output),
    numbers,
    axesOf(window),
  );
  const isFirst = builder.map([numbers, first], equal);
  return scatterPatches(builder, input.shape, window, [addWindowAxes(builder, dy), isFirst]);
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
    const patches = addLastAxis(builder, patchesOf(builder, x, window));
    const slopes = byChannel(builder, dy, at(shape, -1));
    const out = builder.make(shape);
    builder.addProducts(out, [patches, slopes]);
    return out;
  },
  DepthwiseConv2dNativeBackpropInput({ builder, attrs, named: { dy, filter } }) {
    const shape = attrs.inputShape as number[];
    const window = windowOf(shape, filter.shape, attrs);
    const slopes = byChannel(builder, dy, at(filter.shape, -1));
    return scatterPatches(builder, shape, window, [slopes, filter], true);
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

/** Returns a view with repeated pixels: `[samples, height, times, width, times, channels]`. */
function enlarged(
  images: Tensor,
  { size, alignCorners, halfPixelCenters }: KernelCall['attrs'],
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
