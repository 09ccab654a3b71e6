import * as tf from '@tensorflow/tfjs';
import { at } from '../../array';
import { type Access, constant, type Expression, equal, select } from '../expression';
import { type Builder, expressionOf, sizeOf, spread, type Tensor, viewOf } from '../ir';
import type { Kernel } from './kernel';

export function slice<T extends Tensor>(
  tensor: T,
  begin: readonly number[],
  size: readonly number[],
  steps?: readonly number[],
): T {
  return viewOf(tensor, size, ({ offset, strides }) => ({
    offset: begin.reduce((sum, first, axis) => sum + first * at(strides, axis), offset),
    strides: strides.map((stride, axis) => stride * (steps?.[axis] ?? 1)),
  }));
}

function part<T extends Tensor>(x: T, axis: number, start: number, length: number): T {
  const begin = x.shape.map((_, i) => (i === axis ? start : 0));
  const size = x.shape.map((full, i) => (i === axis ? length : full));
  return slice(x, begin, size);
}

export const axisOf = (x: Tensor, axis: unknown): number =>
  at(tf.util.parseAxisParam(axis as number, [...x.shape]), 0);

/** Returns a view with permuted axes: axis `i` of the view is axis `axes[i]` of the tensor. */
export const transpose = (tensor: Tensor, axes: readonly number[]): Tensor =>
  viewOf(
    tensor,
    axes.map(axis => at(tensor.shape, axis)),
    ({ offset, strides }) => ({ offset, strides: axes.map(axis => at(strides, axis)) }),
  );

export const reverse = (tensor: Tensor, axes: readonly number[]): Tensor =>
  viewOf(tensor, tensor.shape, ({ offset, strides }) => ({
    offset: axes.reduce(
      (sum, axis) => sum + (at(tensor.shape, axis) - 1) * at(strides, axis),
      offset,
    ),
    strides: strides.map((stride, axis) => (axes.includes(axis) ? -stride : stride)),
  }));

/** Pads a tensor with a number, also between the tensor's numbers if `steps` are larger than 1. */
export function pad(
  builder: Builder,
  x: Tensor,
  before: readonly number[],
  shape: readonly number[],
  filling = 0,
  steps?: readonly number[],
): Tensor {
  if (String(shape) === String(x.shape)) return x;
  const out = builder.make(shape, x.dtype);
  builder.loop(shape, [{ access: out.access, expression: constant(filling) }]);
  const inner = slice(out, before, x.shape, steps).access as Access;
  builder.loop(x.shape, [{ access: inner, expression: expressionOf(x) }]);
  return out;
}

function concat(builder: Builder, tensors: readonly Tensor[], axis: number): Tensor {
  const shapes = tensors.map(({ shape }) => [...shape]);
  const out = builder.make(tf.backend_util.computeOutShape(shapes, axis), at(tensors, 0).dtype);
  let start = 0;
  for (const tensor of tensors) {
    const { access } = part(out, axis, start, at(tensor.shape, axis));
    builder.loop(tensor.shape, [{ access, expression: expressionOf(tensor) }]);
    start += at(tensor.shape, axis);
  }
  return out;
}

const split: Kernel = ({ x, attrs }) => {
  const axis = axisOf(x, attrs.axis);
  const splits = attrs.numOrSizeSplits as number[];
  let start = 0;
  return tf.backend_util.prepareSplitSize(x as unknown as tf.Tensor, splits, axis).map(size => {
    start += size;
    return part(x, axis, start - size, size);
  });
};

export const arrange: Readonly<Record<string, Kernel>> = {
  BroadcastTo: ({ x, attrs }) => spread(x, attrs.shape as number[]),
  Concat({ all, attrs, builder }) {
    const parts = all.filter(({ shape }) => sizeOf(shape) > 0);
    return concat(builder, parts, axisOf(at(all, 0), attrs.axis));
  },
  ExpandDims({ x, attrs, builder }) {
    const shape = [...x.shape];
    const dim = attrs.dim as number;
    shape.splice(dim < 0 ? dim + shape.length + 1 : dim, 0, 1);
    return builder.reshape(x, shape);
  },
  Fill: ({ attrs }) => ({
    shape: attrs.shape as number[],
    dtype: (attrs.dtype as 'float32' | undefined) ?? 'float32',
    access: attrs.value as number,
  }),
  Identity: ({ x }) => x,
  OneHot({ named: { indices }, attrs, builder }) {
    const { depth = 0, onValue = 1, offValue = 0 } = attrs as Record<string, number>;
    const column = builder.reshape(indices, [...indices.shape, 1]);
    const choose = (label: Expression, index: Expression) =>
      select(equal(label, index), onValue, offValue);
    return builder.map([column, builder.count([depth])], choose, attrs.dtype as 'float32');
  },
  OnesLike: ({ x }) => ({ ...x, access: 1 }),
  Pack({ all, attrs, builder }) {
    const shape = [...at(all, 0).shape];
    const axis = attrs.axis as number;
    shape.splice(axis, 0, 1);
    const slices = all.map(tensor => builder.reshape(tensor, shape));
    return concat(builder, slices, axis);
  },
  PadV2({ x, attrs, builder }) {
    const paddings = attrs.paddings as [number, number][];
    const shape = x.shape.map((length, i) => length + tf.util.sum(at(paddings, i)));
    const before = paddings.map(([start]) => start);
    return pad(builder, x, before, shape, attrs.constantValue as number);
  },
  Reshape: ({ x, attrs, builder }) =>
    builder.reshape(x, tf.util.inferFromImplicitShape(attrs.shape as number[], sizeOf(x.shape))),
  Reverse: ({ x, attrs }) =>
    reverse(x, tf.util.parseAxisParam(attrs.dims as number[], [...x.shape])),
  Slice({ x, attrs }) {
    const { begin, size } = attrs as { begin: number[]; size: number[] };
    const [from, lengths] = tf.slice_util.parseSliceParams(x as unknown as tf.Tensor, begin, size);
    return slice(x, from as number[], lengths as number[]);
  },
  SplitV: split,
  Tile({ x, attrs, builder }) {
    const reps = attrs.reps as number[];
    const pairs = x.shape.flatMap((length, axis) => [at(reps, axis), length]);
    const repeated = viewOf(x, pairs, ({ offset, strides }) => ({
      offset,
      strides: strides.flatMap(stride => [0, stride]),
    }));
    return builder.reshape(
      repeated,
      x.shape.map((length, i) => length * at(reps, i)),
    );
  },
  Transpose: ({ x, attrs }) => transpose(x, attrs.perm as number[]),
  Unpack({ x, attrs, builder }) {
    const axis = axisOf(x, attrs.axis);
    const shape = x.shape.filter((_, i) => i !== axis);
    return Array.from({ length: at(x.shape, axis) }, (_, index) =>
      builder.reshape(part(x, axis, index, 1), shape),
    );
  },
  ZerosLike: ({ x }) => ({ ...x, access: 0 }),
};
