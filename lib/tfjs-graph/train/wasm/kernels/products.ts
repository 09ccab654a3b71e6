/** Products of matrices, convolutions among them. */
import { at } from '../../../array';
import { FLOAT } from '../assembler';
import { type Builder, isPlaced, type Placed, type Runs, sizeOf, spread, type Tensor } from '../ir';
import { axisOf, pad, reverse, transpose } from './arrange';
import { activated } from './elementwise';
import type { Kernel } from './kernel';
import { patchesOf, shownOf, windowOf } from './windows';

/** Describes axes as runs of runs; undefined if they are more. */
function runsOf(
  shape: readonly number[],
  strides: readonly number[],
  bytes: number,
): Runs | undefined {
  const runs: [number, number][] = [];
  shape.forEach((length, i) => {
    const stride = at(strides, i) * bytes;
    const last = runs.at(-1);
    if (length === 1) return;
    if (last && last[1] === stride * length) runs.splice(-1, 1, [last[0] * length, stride]);
    else runs.push([length, stride]);
  });
  const [inner = [1, 0], outer = [1, 0], ...more] = runs.reverse();
  return more.length > 0 ? undefined : [...inner, ...outer];
}

/**
 * Multiplies matrices.
 *
 * @param left `[batch, ...rows, ...columns]`.
 * @param rowAxes of the left.
 * @param right `[batch or 1, columns of the left, width]`.
 * @param bias what all rows begin with.
 * @param sums whether the products of a batch are added up.
 * @returns `[batch, rows, width]`.
 */
function multiply(
  builder: Builder,
  left: Tensor,
  rowAxes: number,
  right: Tensor,
  bias?: Tensor,
  sums = false,
): Tensor {
  const split = 1 + rowAxes;
  const bytesOf = ({ access: { value, offset } }: Placed) =>
    offset === 0 ? value.bytes : undefined;
  const sizeIn = (tensor: Placed) => (bytesOf(tensor) ? 1 : FLOAT);
  const runs = (tensor: Placed) => {
    const { shape, access } = tensor;
    const { strides } = access;
    const rows = runsOf(shape.slice(1, split), strides.slice(1, split), sizeIn(tensor));
    const columns = runsOf(shape.slice(split), strides.slice(split), sizeIn(tensor));
    return rows && columns && { rows, columns };
  };
  const a = isPlaced(left) && runs(left) ? left : builder.contiguous(left);
  const isInner =
    isPlaced(right) && (right.access.strides.at(-1) === 1 || right.shape.at(-1) === 1);
  const b = isInner ? right : builder.contiguous(right);
  const [, depth = 1, width = 1] = b.shape;
  const batch = at(a.shape, 0);
  const rows = sizeOf(a.shape.slice(1, split));
  const out = builder.make([sums ? 1 : batch, rows, width]);
  const start = sums ? out : bias ? builder.contiguous(bias) : builder.make([width]);
  if (!bias) builder.store(start, { ...start, access: 0 });
  const row = width * FLOAT;
  const next = ({ shape, access }: Placed, size: number) =>
    shape[0] === 1 ? 0 : at(access.strides, 0) * size;
  const bytes = bytesOf(a);
  const product = {
    ...{ ...(runs(a) as Record<'rows' | 'columns', Runs>), isBytes: bytes !== undefined },
    ...{ width, batch, bRow: at(b.access.strides, 1) * FLOAT, startRow: sums ? row : 0 },
    next: { a: next(a, sizeIn(a)), b: next(b, FLOAT), out: sums ? 0 : rows * row },
  };
  const list = builder.make([3 * depth]);
  const places = [bytes?.place ?? a.access, b.access, start.access, list.access];
  builder.call(product, bytes ? [...places, bytes.numbers] : places, out.access);
  return out;
}

/** Exchanges the last two axes, in place. */
function turned(tensor: Tensor): Tensor {
  const rank = tensor.shape.length;
  return transpose(
    tensor,
    [...tensor.shape.keys()].map(axis => (axis < rank - 2 ? axis : 2 * rank - 3 - axis)),
  );
}

const matrixProduct: Kernel = given => {
  const { attrs, builder } = given;
  const { a, b, bias } = given.named;
  const [left, right] = [attrs.transposeA ? turned(a) : a, attrs.transposeB ? turned(b) : b];
  const [one, other] = [left, right].map(({ shape }) => shape.slice(0, -2)) as [number[], number[]];
  const batch = sizeOf(one) >= sizeOf(other) ? one : other;
  /** Gives matrices one axis for the batch. */
  const asBatch = (tensor: Tensor, own: readonly number[]) => {
    const matrix = tensor.shape.slice(-2);
    const whole = sizeOf(own) === 1 ? tensor : spread(tensor, [...batch, ...matrix]);
    return builder.reshape(whole, [sizeOf(whole.shape.slice(0, -2)), ...matrix]);
  };
  const [x, y] = [asBatch(left, one), asBatch(right, other)];
  const all = spread(x, [sizeOf(batch), ...x.shape.slice(1)]);
  const row = bias && builder.reshape(bias, [sizeOf(bias.shape)]);
  const product = multiply(builder, all, 1, y, row);
  return activated(given, builder.reshape(product, [...batch, ...product.shape.slice(1)]));
};

/** Multiplies what a window shows of pictures by filters. */
function convolve(builder: Builder, patches: Tensor, filter: Tensor, bias?: Tensor): Tensor {
  const [axes, filters] = [filter.shape.length - 2, at(filter.shape, -1)];
  const matrix = builder.reshape(filter, [1, sizeOf(filter.shape) / filters, filters]);
  const product = multiply(builder, patches, axes, matrix, bias);
  return builder.reshape(product, [...patches.shape.slice(0, axes + 1), filters]);
}

const convolution: Kernel = given => {
  const { x, builder, attrs } = given;
  const { filter, bias } = given.named;
  const patches = patchesOf(builder, x, windowOf(x.shape, filter.shape, attrs));
  return activated(given, convolve(builder, patches, filter, bias));
};

/** The patches, turned, times the slopes. */
const filterGradient: Kernel = ({ x, named: { dy }, attrs, builder }) => {
  const shape = attrs.filterShape as number[];
  const window = windowOf(x.shape, shape, attrs);
  const patches = patchesOf(builder, x, window);
  const axes = window.size.length;
  const [, ...others] = [...patches.shape.keys()];
  const turnedPatches = transpose(patches, [0, ...others.slice(axes), ...others.slice(0, axes)]);
  const slopes = builder.reshape(dy, [at(dy.shape, 0), sizeOf(window.output), at(shape, -1)]);
  const sums = multiply(builder, turnedPatches, axes + 1, slopes, undefined, true);
  return builder.reshape(sums, shape);
};

/** A convolution of the slopes, spread by the strides, with the filters turned by half a turn. */
const inputGradient: Kernel = ({ named: { dy, filter }, attrs, builder }) => {
  const shape = attrs.inputShape as number[];
  const window = windowOf(shape, filter.shape, attrs);
  const { size, strides, dilations } = window;
  const reach = size.map((length, i) => (length - 1) * at(dilations, i));
  const before = reach.map((length, i) => length - at(window.before, i));
  const output = shape.slice(1, -1);
  const spreadShape = [
    at(shape, 0),
    ...output.map((length, i) => length + at(reach, i)),
    at(filter.shape, -1),
  ];
  const slopes = pad(builder, dy, [0, ...before, 0], spreadShape, 0, [1, ...strides, 1]);
  const filters = builder.contiguous(turned(reverse(filter, [...size.keys()])));
  const patches = shownOf(slopes, { size, strides: size.map(() => 1), dilations, output });
  return convolve(builder, patches, filters);
};

/** Rows of a table by their numbers; NaN if there is no such row. */
const gather: Kernel = ({ x, named: { indices }, attrs, builder }) => {
  if (attrs.batchDims) throw new RangeError('Expected no axes of a batch');
  const axis = axisOf(x, attrs.axis);
  const others = [...x.shape.keys()].filter(i => i !== axis);
  const table = builder.contiguous(transpose(x, [axis, ...others]));
  const [length = 1, ...rest] = table.shape;
  const picked = builder.make([...indices.shape, ...rest], x.dtype);
  const numbers = builder.contiguous(indices);
  const rows = { adds: false, length, count: sizeOf(indices.shape), width: sizeOf(rest) };
  builder.call(rows, [table.access, numbers.access], picked.access);
  // The axes of the numbers take the place of the axis.
  const own = indices.shape.map((_, i) => i);
  const behind = others.map((_, i) => own.length + i);
  return transpose(picked, [...behind.slice(0, axis), ...own, ...behind.slice(axis)]);
};

/** Adds each row to the one of the sums that has its number, if there is one. */
const scatter: Kernel = ({ x, named: { segmentIds }, attrs, builder }) => {
  const rest = x.shape.slice(segmentIds.shape.length);
  const length = attrs.numSegments as number;
  const sums = builder.make([length, ...rest]);
  builder.store(sums, { ...sums, access: 0 });
  const [given, numbers] = [builder.contiguous(x), builder.contiguous(segmentIds)];
  const rows = { adds: true, length, count: sizeOf(segmentIds.shape), width: sizeOf(rest) };
  builder.call(rows, [given.access, numbers.access], sums.access);
  return sums;
};

export const products: Readonly<Record<string, Kernel>> = {
  _FusedMatMul: matrixProduct,
  BatchMatMul: matrixProduct,
  Conv2D: convolution,
  Conv2DBackpropFilter: filterGradient,
  Conv2DBackpropInput: inputGradient,
  Conv3D: convolution,
  Conv3DBackpropFilterV2: filterGradient,
  Conv3DBackpropInputV2: inputGradient,
  FusedConv2D: convolution,
  GatherV2: gather,
  UnsortedSegmentSum: scatter,
};
