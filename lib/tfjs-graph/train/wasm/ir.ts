/** What a step computes: loops over numbers, and products of matrices, on tensors of float32. */
import * as tf from '@tensorflow/tfjs';
import { type Access, constant, type Expression, load, mul, type Value } from './expression';

export type Combination = 'add' | 'mul' | 'min' | 'max';

export interface Store {
  readonly access: Access;
  of: Expression;
  /** How it changes what is there; otherwise it replaces that. */
  readonly by?: Combination | undefined;
}

/** Computes expressions for each place of a space, and stores them, one after the other. */
export interface Loop {
  dims: readonly number[];
  readonly stores: Store[];
}

/** A function that is not a loop; its parameters are the addresses of what it reads, then of what it writes. */
export interface Call {
  readonly does: Product | Rows;
  readonly reads: readonly Access[];
  readonly writes: Access;
}

/** Copies rows of a table of some length by their numbers, or adds rows to those that have their numbers. */
export interface Rows {
  readonly adds: boolean;
  readonly length: number;
  readonly count: number;
  readonly width: number;
}

/** The rows, or the columns, of a matrix: runs of numbers, as many as `outer`. */
export type Runs = readonly [inner: number, stride: number, outer: number, outerStride: number];

/**
 * Products of matrices, one after the other: `out = start + a b`. It reads `a`, `b`, the start, a place for a list
 * and, if `a` is bytes, the numbers that they stand for. All strides are in bytes.
 */
export interface Product {
  readonly isBytes: boolean;
  readonly rows: Runs;
  readonly columns: Runs;
  /** Numbers of a row of `b` and of `out`. */
  readonly width: number;
  readonly bRow: number;
  /** 0 if one row serves all. */
  readonly startRow: number;
  readonly batch: number;
  /** From a product to the next. */
  readonly next: { readonly a: number; readonly b: number; readonly out: number };
}

export type Step = Loop | Call;

export const isLoop = (step: Step): step is Loop => 'dims' in step;

/** A tensor: numbers in memory, or one for all places. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly dtype: tf.DataType;
  readonly access: Access | number;
}

/** A tensor in memory. */
export interface Placed extends Tensor {
  readonly access: Access;
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** Returns the strides of numbers that follow one another. */
const stridesOf = (shape: readonly number[]): number[] =>
  shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));

export const isPlaced = (tensor: Tensor): tensor is Placed => typeof tensor.access !== 'number';

/** Makes a tensor that stays where it is. */
export function fixed(shape: readonly number[], data?: ArrayLike<number>): Placed {
  const value: Value = { size: sizeOf(shape), isFixed: true, ...(data && { data }) };
  return { shape, dtype: 'float32', access: { value, offset: 0, strides: stridesOf(shape) } };
}

/** Collects the steps that compute tensors. */
export class Builder {
  readonly steps: Step[] = [];
  /** Copies whose numbers follow one another, by what they are copies of. */
  private readonly copies = new Map<Value | undefined, Map<string, Tensor>>();

  /** Makes a tensor of numbers that follow one another, which a step is to write. */
  make(shape: readonly number[], dtype: tf.DataType = 'float32'): Placed {
    const value = { size: sizeOf(shape) };
    return { shape, dtype, access: { value, offset: 0, strides: stridesOf(shape) } };
  }

  constant(
    shape: readonly number[],
    data: ArrayLike<number>,
    dtype: tf.DataType = 'float32',
  ): Tensor {
    return data.length === 1
      ? { shape, dtype, access: Number(data[0]) }
      : { ...fixed(shape, data), dtype };
  }

  /** Returns the whole numbers from 0 on. */
  count(shape: readonly number[]): Tensor {
    return this.constant(shape, Float32Array.from(Array(sizeOf(shape)).keys()));
  }

  loop(dims: readonly number[], stores: Store[]): void {
    this.steps.push({ dims, stores });
  }

  /** Stores a tensor in a place. */
  store({ shape, access }: Placed, value: Tensor): void {
    this.loop(shape, [{ access: { ...access }, of: expressionOf(value) }]);
  }

  call(does: Call['does'], reads: readonly Access[], writes: Access): void {
    this.steps.push({ does, reads, writes });
  }

  /** Computes each number of a tensor from those of others at its place, spread over its shape. */
  map(
    inputs: readonly Tensor[],
    compute: (...of: Expression[]) => Expression,
    dtype: tf.DataType = inputs[0]?.dtype ?? 'float32',
    shape: readonly number[] = broadcast(inputs),
  ): Tensor {
    const out = this.make(shape, dtype);
    const of = compute(...inputs.map(input => expressionOf(spread(input, shape))));
    this.loop(shape, [{ access: out.access, of }]);
    return out;
  }

  /** Adds up the products of tensors, each spread over the axes of all. */
  sumUp(to: Placed, factors: readonly Tensor[]): void {
    const dims = broadcast([to, ...factors]);
    const of = factors.map(each => expressionOf(spread(each, dims))).reduce((a, b) => mul(a, b));
    this.loop(dims, [{ access: spread(to, dims).access, of, by: 'add' }]);
  }

  /** Combines the numbers along some axes, which remain with a length of 1 if they are kept. */
  reduce(input: Tensor, axes: readonly number[], by: Combination, keeps = true): Tensor {
    const { computeOutAndReduceShapes, expandShapeToKeepDim } = tf.backend_util;
    const [rest] = computeOutAndReduceShapes([...input.shape], [...axes]);
    const out = this.make(expandShapeToKeepDim(rest, [...axes]), input.dtype);
    const { access } = spread(out, input.shape);
    this.loop(input.shape, [{ access, of: expressionOf(input), by }]);
    return keeps ? out : this.reshape(out, rest);
  }

  /** Returns the same numbers, such that they follow one another. */
  contiguous(input: Tensor): Placed {
    const { shape, access } = input;
    const strides = stridesOf(shape);
    const follows = (own: Access) =>
      shape.every((length, axis) => length === 1 || own.strides[axis] === strides[axis]);
    if (isPlaced(input) && follows(input.access)) return input;
    const value = typeof access === 'number' ? undefined : access.value;
    const key = JSON.stringify([shape, value ? { ...(access as Access), value: 0 } : access]);
    const known = this.copies.get(value) ?? new Map<string, Tensor>();
    this.copies.set(value, known);
    const copy = known.get(key) ?? this.map([input], x => x);
    known.set(key, copy);
    return copy as Placed;
  }

  /** Gives a tensor another shape, in place if it can: if only axes of length 1 come or go. */
  reshape(input: Tensor, shape: readonly number[]): Tensor {
    const longer = (lengths: readonly number[]) => String(lengths.filter(length => length !== 1));
    if (longer(input.shape) !== longer(shape) && isPlaced(input)) {
      const { dtype, access } = this.contiguous(input);
      return { dtype, shape, access: { ...access, strides: stridesOf(shape) } };
    }
    return viewOf(input, shape, ({ offset, strides }) => {
      const own = strides.filter((_, axis) => input.shape[axis] !== 1);
      return { offset, strides: shape.map(length => (length === 1 ? 0 : (own.shift() ?? 0))) };
    });
  }
}

export const expressionOf = ({ access }: Tensor): Expression =>
  typeof access === 'number' ? constant(access) : load({ ...access });

/** Returns the shape over which tensors are spread. */
export const broadcast = (tensors: readonly Tensor[]): number[] =>
  tensors.reduce<number[]>(
    (shape, tensor) =>
      tf.backend_util.assertAndGetBroadcastShape(shape, [...tensor.shape]) as number[],
    [],
  );

/** Repeats a tensor along the axes of length 1, and in front. */
export function spread<T extends Tensor>(tensor: T, shape: readonly number[]): T {
  const { access } = tensor;
  if (typeof access === 'number') return { ...tensor, shape };
  const missing = shape.length - tensor.shape.length;
  const strides = shape.map((length, axis) =>
    length === 1 || (tensor.shape[axis - missing] ?? 1) === 1
      ? 0
      : (access.strides[axis - missing] ?? 0),
  );
  return { ...tensor, shape, access: { ...access, strides } };
}

/** Returns a part of a tensor, or its numbers in another order, in place. */
export function viewOf<T extends Tensor>(
  tensor: T,
  shape: readonly number[],
  moved: (access: Access) => Pick<Access, 'offset' | 'strides'>,
): T {
  const { access } = tensor;
  if (typeof access === 'number') return { ...tensor, shape };
  return { ...tensor, shape, access: { value: access.value, ...moved(access) } };
}
