/** Matrix products, including convolutions, and operations on rows. */
import { at } from '../../array';
import { FLOAT } from '../assembler';
import { type Builder, isPlaced, type Placed, type Runs, sizeOf, spread, type Tensor } from '../ir';
import { axisOf, pad, reverse, transpose } from './arrange';
import { activated } from './elementwise';
import type { Kernel } from './kernel';
import { patchesOf, viewPatches, windowOf } from './windows';

/** Merges axes into two nested runs; undefined if impossible. */
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
  const [inner = [1, 0], outer = [1, 0]] = runs.reverse();
  return runs.length > 2 ? undefined : [...inner, ...outer];
}

/**
 * Multiplies matrices.
 *
 * @param left `[batch, ...rows, ...columns]`.
 * @param rowAxes number of row axes of `left`
 * @param right `[batch or 1, columns of left, width]`.
 * @param bias initial value of all rows
 * @param sums whether to sum the products of a batch
 * @returns `[batch, rows, width]`
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
  const reads = [bytes?.place ?? a.access, b.access, start.access, list.access];
  builder.call(product, bytes ? [...reads, bytes.numbers] : reads, out.access);
  return out;
}

/** Returns a view with the last two axes exchanged. */
function transposeLast(tensor: Tensor): Tensor {
  const rank = tensor.shape.length;
  return transpose(
    tensor,
    [...tensor.shape.keys()].map(axis => (axis < rank - 2 ? axis : 2 * rank - 3 - axis)),
  );
}

const matrixProduct: Kernel = call => {
  const { attrs, builder } = call;
  const { a, b, bias } = call.named;
  const [left, right] = [
    attrs.transposeA ? transposeLast(a) : a,
    attrs.transposeB ? transposeLast(b) : b,
  ];
  const [leftBatch, rightBatch] = [left.shape.slice(0, -2), right.shape.slice(0, -2)];
  const batch = sizeOf(leftBatch) >= sizeOf(rightBatch) ? leftBatch : rightBatch;
  const withBatchAxis = (tensor: Tensor, batchShape: readonly number[]) => {
    const matrix = tensor.shape.slice(-2);
    const full = sizeOf(batchShape) === 1 ? tensor : spread(tensor, [...batch, ...matrix]);
    return builder.reshape(full, [sizeOf(full.shape.slice(0, -2)), ...matrix]);
  };
  const [x, y] = [withBatchAxis(left, leftBatch), withBatchAxis(right, rightBatch)];
  const all = spread(x, [sizeOf(batch), ...x.shape.slice(1)]);
  const row = bias && builder.reshape(bias, [sizeOf(bias.shape)]);
  const product = multiply(builder, all, 1, y, row);
  return activated(call, builder.reshape(product, [...batch, ...product.shape.slice(1)]));
};

function convolve(builder: Builder, patches: Tensor, filter: Tensor, bias?: Tensor): Tensor {
  const [axes, filters] = [filter.shape.length - 2, at(filter.shape, -1)];
  const matrix = builder.reshape(filter, [1, sizeOf(filter.shape) / filters, filters]);
  const product = multiply(builder, patches, axes, matrix, bias);
  return builder.reshape(product, [...patches.shape.slice(0, axes + 1), filters]);
}

const convolution: Kernel = call => {
  const { x, builder, attrs } = call;
  const { filter, bias } = call.named;
  const patches = patchesOf(builder, x, windowOf(x.shape, filter.shape, attrs));
  return activated(call, convolve(builder, patches, filter, bias));
};

/** Multiplies the transposed patches by the output's gradient. */
const filterGradient: Kernel = ({ x, named: { dy }, attrs, builder }) => {
  const shape = attrs.filterShape as number[];
  const window = windowOf(x.shape, shape, attrs);
  const patches = patchesOf(builder, x, window);
  const axes = window.size.length;
  const [, ...keys] = [...patches.shape.keys()];
  const transposed = transpose(patches, [0, ...keys.slice(axes), ...keys.slice(0, axes)]);
  const slopes = builder.reshape(dy, [at(dy.shape, 0), sizeOf(window.output), at(shape, -1)]);
  const sums = multiply(builder, transposed, axes + 1, slopes, undefined, true);
  return builder.reshape(sums, shape);
};

/** Convolves the output's gradient, dilated by the strides, with the filters rotated by 180°. */
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
  const filters = builder.contiguous(transposeLast(reverse(filter, [...size.keys()])));
  const patches = viewPatches(slopes, { size, strides: size.map(() => 1), dilations, output });
  return convolve(builder, patches, filters);
};

/** Gathers rows of a table by index. Rows with invalid indices are NaN. */
const gather: Kernel = ({ x, named: { indices }, attrs, builder }) => {
  if (attrs.batchDims) throw new RangeError('Expected no axes of a batch');
  const axis = axisOf(x, attrs.axis);
  const otherAxes = [...x.shape.keys()].filter(i => i !== axis);
  const table = builder.contiguous(transpose(x, [axis, ...otherAxes]));
  const [length = 1, ...rest] = table.shape;
  const rowsOut = builder.make([...indices.shape, ...rest], x.dtype);
  const numbers = builder.contiguous(indices);
  const rows = { adds: false, length, count: sizeOf(indices.shape), width: sizeOf(rest) };
  builder.call(rows, [table.access, numbers.access], rowsOut.access);
  // Move the axes of the indices to the position of the gathered axis.
  const indexAxes = indices.shape.map((_, i) => i);
  const rowAxes = otherAxes.map((_, i) => indexAxes.length + i);
  return transpose(rowsOut, [...rowAxes.slice(0, axis), ...indexAxes, ...rowAxes.slice(axis)]);
};

/** Sums rows by segment id. Ignores rows with invalid ids. */
const scatter: Kernel = ({ x, named: { segmentIds }, attrs, builder }) => {
  const rest = x.shape.slice(segmentIds.shape.length);
  const length = attrs.numSegments as number;
  const sums = builder.make([length, ...rest]);
  builder.store(sums, { ...sums, access: 0 });
  const [input, numbers] = [builder.contiguous(x), builder.contiguous(segmentIds)];
  const rows = { adds: true, length, count: sizeOf(segmentIds.shape), width: sizeOf(rest) };
  builder.call(rows, [input.access, numbers.access], sums.access);
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
