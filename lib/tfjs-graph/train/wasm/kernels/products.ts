/** Products of matrices, convolutions among them. */
import { at } from '../../../array';
import { constant, greater, type Lists, less, mul, select, unary } from '../expression';
import { bits } from '../functions';
import {
  type Builder,
  expressionOf,
  isPlaced,
  type Placed,
  type Runs,
  sizeOf,
  spread,
  type Tensor,
  viewOf,
} from '../ir';
import { axisOf, pad, reverse, transpose } from './arrange';
import { activated } from './elementwise';
import type { Kernel } from './kernel';
import { padded, patchesOf, type Window, windowOf } from './windows';

const FLOAT = 4;

/** Describes axes as runs of runs; undefined if they are more. */
function runsOf(shape: readonly number[], strides: readonly number[]): Runs | undefined {
  const runs: [number, number][] = [];
  shape.forEach((length, i) => {
    const stride = at(strides, i) * FLOAT;
    const last = runs.at(-1);
    if (length === 1) return;
    if (last && last[1] === stride * length) runs.splice(-1, 1, [last[0] * length, stride]);
    else runs.push([length, stride]);
  });
  const [inner = [1, 0], outer = [1, 0], ...more] = runs.reverse();
  return more.length > 0 ? undefined : [...inner, ...outer];
}

/** How products begin, and whether those of a batch are added up. */
interface Options {
  /** A row for all rows. */
  readonly bias?: Tensor | undefined;
  readonly sums?: boolean;
}

/**
 * Multiplies matrices.
 *
 * @param left `[batch, ...rows, ...columns]`.
 * @param rowAxes of the left.
 * @param right `[batch or 1, columns of the left, width]`.
 * @returns `[batch, rows, width]`.
 */
function multiply(
  builder: Builder,
  left: Tensor,
  rowAxes: number,
  right: Tensor,
  { bias, sums = false }: Options = {},
): Tensor {
  const split = 1 + rowAxes;
  const runs = ({ shape, access: { strides } }: Placed) => {
    const rows = runsOf(shape.slice(1, split), strides.slice(1, split));
    const columns = runsOf(shape.slice(split), strides.slice(split));
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
  const listed = listsOf(a);
  const isAdded = sums || listed?.by === 'columns';
  const start = isAdded ? out : bias ? builder.contiguous(bias) : builder.make([width]);
  if (!bias) clear(builder, start);
  if (listed) return multiplyListed(builder, listed.lists, listed.by, b, start, out);
  const row = width * FLOAT;
  const next = ({ shape, access }: Placed) => (shape[0] === 1 ? 0 : at(access.strides, 0) * FLOAT);
  const product = {
    ...(runs(a) as Record<'rows' | 'columns', Runs>),
    ...{ width, batch, bRow: at(b.access.strides, 1) * FLOAT, startRow: sums ? row : 0 },
    next: { a: next(a), b: next(b), out: sums ? 0 : rows * row },
  };
  const places = [a, b, start, builder.make([3 * depth])];
  builder.call(
    product,
    places.map(({ access }) => access),
    out.access,
  );
  return out;
}

/** Writes zeros. */
const clear = (builder: Builder, { access, shape }: Placed) =>
  builder.loop([sizeOf(shape)], [{ access: { ...access, strides: [1] }, of: constant(0) }]);

/** Returns the lists that samples have; `by` their columns if it is a transposed matrix of samples. */
function listsOf({ shape: [batch, rows = 1, columns = 1], access: { value, strides } }: Placed) {
  const { lists } = value;
  if (!lists || batch !== 1 || rows * columns !== value.size) return undefined;
  if (strides[1] === columns && strides[2] === 1) return { lists, by: 'rows' } as const;
  const isTransposed = strides[1] === 1 && strides[2] === rows;
  return isTransposed ? ({ lists, by: 'columns' } as const) : undefined;
}

/** Multiplies a matrix that is given by lists, or its transpose, which is added to `out`. */
function multiplyListed(
  builder: Builder,
  { lengths, entries }: Lists,
  lists: 'rows' | 'columns',
  right: Placed,
  start: Placed,
  out: Placed,
): Placed {
  const rows: Runs = [entries.offset, FLOAT, 1, 0];
  const product = {
    ...{ lists, rows, columns: rows, width: at(out.shape, -1), batch: 1, startRow: 0 },
    ...{ bRow: at(right.access.strides, -2) * FLOAT, next: { a: 0, b: 0, out: 0 } },
  };
  builder.call(product, [lengths, right.access, start.access, entries], out.access);
  return out;
}

/** Lists a 1 for each row, in the column of that number; a column that does not exist is another factor. */
function listsOfOnes(builder: Builder, numbers: Tensor, columns: number, otherwise: number): Lists {
  const length = sizeOf(numbers.shape);
  const lists = builder.makeLists(length, length);
  const { lengths, entries } = lists;
  const number = expressionOf(builder.reshape(numbers, [length]));
  const exists = mul(greater(number, -1), less(number, columns));
  const entry = (offset: number) => ({ ...entries, offset: entries.offset + offset, strides: [2] });
  builder.loop(
    [length],
    [
      { access: { ...lengths, strides: [1] }, of: bits(2 * FLOAT) },
      { access: entry(0), of: unary('i32.trunc', select(exists, number, constant(0))) },
      { access: entry(1), of: select(exists, constant(1), constant(otherwise)) },
    ],
  );
  return lists;
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
    if (own.length === 1) return tensor;
    if (own.length === 0) {
      return viewOf(tensor, [1, ...matrix], ({ offset, strides }) => ({
        offset,
        strides: [0, ...strides],
      }));
    }
    const whole = sizeOf(own) === 1 ? tensor : spread(tensor, [...batch, ...matrix]);
    return builder.reshape(whole, [sizeOf(whole.shape.slice(0, -2)), ...matrix]);
  };
  const [x, y] = [asBatch(left, one), asBatch(right, other)];
  const all = spread(x, [sizeOf(batch), ...x.shape.slice(1)]);
  const row = bias && builder.reshape(bias, [sizeOf(bias.shape)]);
  const product = multiply(builder, all, 1, y, { bias: row });
  return activated(given, builder.reshape(product, [...batch, ...product.shape.slice(1)]));
};

function convolve(
  builder: Builder,
  x: Tensor,
  filter: Tensor,
  window: Window,
  bias?: Tensor,
): Tensor {
  const patches = patchesOf(padded(builder, x, window), window);
  const filters = at(filter.shape, -1);
  const matrix = builder.reshape(filter, [1, sizeOf(filter.shape) / filters, filters]);
  const product = multiply(builder, patches, window.output.length, matrix, { bias });
  return builder.reshape(product, [at(x.shape, 0), ...window.output, filters]);
}

const convolution: Kernel = given => {
  const { x, builder, attrs } = given;
  const { filter, bias } = given.named;
  return activated(
    given,
    convolve(builder, x, filter, windowOf(x.shape, filter.shape, attrs), bias),
  );
};

/** The patches, turned, times the slopes. */
const filterGradient: Kernel = ({ x, named: { dy }, attrs, builder }) => {
  const shape = attrs.filterShape as number[];
  const window = windowOf(x.shape, shape, attrs);
  const patches = patchesOf(padded(builder, x, window), window);
  const axes = window.size.length;
  const [sample = 0, ...others] = [...patches.shape.keys()];
  const turnedPatches = transpose(patches, [
    sample,
    ...others.slice(axes),
    ...others.slice(0, axes),
  ]);
  const slopes = builder.reshape(dy, [at(dy.shape, 0), sizeOf(window.output), at(shape, -1)]);
  return builder.reshape(multiply(builder, turnedPatches, axes + 1, slopes, { sums: true }), shape);
};

/** A convolution of the slopes, spread by the strides, with the filters turned by half a turn. */
const inputGradient: Kernel = ({ named: { dy, filter }, attrs, builder }) => {
  const shape = attrs.inputShape as number[];
  const window = windowOf(shape, filter.shape, attrs);
  const { size, strides, dilations } = window;
  const zeros = size.map(() => 0);
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
  const moves = {
    size,
    strides: size.map(() => 1),
    dilations,
    output,
    before: zeros,
    around: zeros,
  };
  return convolve(builder, slopes, filters, moves);
};

/** Rows of a table by their numbers; NaN if there is no such row. */
const gather: Kernel = ({ x, named: { indices }, attrs, builder }) => {
  if (attrs.batchDims) throw new RangeError('Expected no axes of a batch');
  const axis = axisOf(x, attrs.axis);
  const others = [...x.shape.keys()].filter(i => i !== axis);
  const rest = others.map(i => at(x.shape, i));
  const rows = at(x.shape, axis);
  const table = builder.reshape(transpose(x, [axis, ...others]), [rows, sizeOf(rest)]) as Placed;
  const start = builder.make([sizeOf(rest)]);
  clear(builder, start);
  const lists = listsOfOnes(builder, indices, rows, NaN);
  const out = builder.make([sizeOf(indices.shape), sizeOf(rest)], x.dtype);
  multiplyListed(builder, lists, 'rows', table, start, out);
  // The axes of the numbers take the place of the axis.
  const own = indices.shape.map((_, i) => i);
  const behind = others.map((_, i) => own.length + i);
  const picked = builder.reshape(out, [...indices.shape, ...rest]);
  return transpose(picked, [...behind.slice(0, axis), ...own, ...behind.slice(axis)]);
};

/** Adds each row to the one of the sums that has its number, if there is one. */
const scatter: Kernel = ({ x, named: { segmentIds }, attrs, builder }) => {
  const rest = x.shape.slice(segmentIds.shape.length);
  const [segments, width] = [attrs.numSegments as number, sizeOf(rest)];
  const rows = builder.reshape(x, [sizeOf(segmentIds.shape), width]);
  const sums = builder.make([segments, width]);
  clear(builder, sums);
  const lists = listsOfOnes(builder, segmentIds, segments, 0);
  multiplyListed(builder, lists, 'columns', builder.contiguous(rows), sums, sums);
  return builder.reshape(sums, [segments, ...rest]);
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
