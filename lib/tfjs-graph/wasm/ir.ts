/** Intermediate representation of steps: loops and calls of functions on float32 tensors. */
import * as tf from '@tensorflow/tfjs';
import { type Access, constant, type Expression, load, mul, type Value } from './expression';

export type Combination = 'add' | 'mul' | 'min' | 'max';

export interface Store {
  readonly access: Access;
  expression: Expression;
  /** Combines the result with the stored number; default: replaces the number. */
  readonly by?: Combination | undefined;
}

/** Computes and stores expressions sequentially for each index of a space. */
export interface Loop {
  dims: readonly number[];
  readonly stores: Store[];
}

/** A call of a function. The parameters are the addresses of `reads`, then of `writes`. */
export interface Call {
  readonly function: Product | Rows;
  readonly reads: readonly Access[];
  readonly writes: Access;
}

/** Gathers rows of a table by index, or adds rows to the table's rows by index. */
export interface Rows {
  readonly adds: boolean;
  readonly length: number;
  readonly count: number;
  readonly width: number;
}

/** The rows or columns of a matrix: `outer` runs of `inner` numbers. */
export type Runs = readonly [inner: number, stride: number, outer: number, outerStride: number];

/**
 * A batch of matrix products, `out = start + a b`. Reads `a`, `b`, the start, memory for a list and, if `a` is bytes,
 * the lookup table. All strides are in bytes.
 */
export interface Product {
  readonly isBytes: boolean;
  readonly rows: Runs;
  readonly columns: Runs;
  /** Length of the rows of `b` and `out`. */
  readonly width: number;
  readonly bRow: number;
  /** 0 if all rows share one start. */
  readonly startRow: number;
  readonly batch: number;
  /** Strides between products. */
  readonly next: { readonly a: number; readonly b: number; readonly out: number };
}

export type Step = Loop | Call;

export const isLoop = (step: Step): step is Loop => 'dims' in step;

/** A tensor: numbers in memory, or one number for all elements. */
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

const stridesOf = (shape: readonly number[]): number[] =>
  shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));

export const isPlaced = (tensor: Tensor): tensor is Placed => typeof tensor.access !== 'number';

/** Creates a tensor with a fixed address. */
export function fixed(shape: readonly number[], data?: ArrayLike<number>): Placed {
  const value: Value = { size: sizeOf(shape), isFixed: true, ...(data && { data }) };
  return { shape, dtype: 'float32', access: { value, offset: 0, strides: stridesOf(shape) } };
}

/** Collects the steps that compute tensors. */
export class Builder {
  readonly steps: Step[] = [];
  /** Contiguous copies by source and access. */
  private readonly copies = new Map<Value | undefined, Map<string, Tensor>>();

  /** Creates a contiguous tensor, to be written by a step. */
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

  count(shape: readonly number[]): Tensor {
    return this.constant(shape, Float32Array.from(Array(sizeOf(shape)).keys()));
  }

  loop(dims: readonly number[], stores: Store[]): void {
    this.steps.push({ dims, stores });
  }

  store({ shape, access }: Placed, value: Tensor): void {
    this.loop(shape, [{ access: { ...access }, expression: expressionOf(value) }]);
  }

  call(callee: Call['function'], reads: readonly Access[], writes: Access): void {
    this.steps.push({ function: callee, reads, writes });
  }

  /** Computes each element of a tensor from the corresponding elements of broadcast inputs. */
  map(
    inputs: readonly Tensor[],
    compute: (...operands: Expression[]) => Expression,
    dtype: tf.DataType = inputs[0]?.dtype ?? 'float32',
    shape: readonly number[] = broadcast(inputs),
  ): Tensor {
    const out = this.make(shape, dtype);
    const expression = compute(...inputs.map(input => expressionOf(spread(input, shape))));
    this.loop(shape, [{ access: out.access, expression }]);
    return out;
  }

  addProducts(to: Placed, factors: readonly Tensor[]): void {
    const dims = broadcast([to, ...factors]);
    const expressions = factors.map(factor => expressionOf(spread(factor, dims)));
    const expression = expressions.reduce((a, b) => mul(a, b));
    this.loop(dims, [{ access: spread(to, dims).access, expression, by: 'add' }]);
  }

  /** Combines the numbers along some axes, which remain with length 1 if `keeps`. */
  reduce(input: Tensor, axes: readonly number[], by: Combination, keeps = true): Tensor {
    const { computeOutAndReduceShapes, expandShapeToKeepDim } = tf.backend_util;
    const [rest] = computeOutAndReduceShapes([...input.shape], [...axes]);
    const out = this.make(expandShapeToKeepDim(rest, [...axes]), input.dtype);
    const { access } = spread(out, input.shape);
    this.loop(input.shape, [{ access, expression: expressionOf(input), by }]);
    return keeps ? out : this.reshape(out, rest);
  }

  /** Returns a contiguous tensor with the same elements, a shared copy if necessary. */
  contiguous(input: Tensor): Placed {
    const { shape, access } = input;
    const strides = stridesOf(shape);
    const isContiguous = (view: Access) =>
      shape.every((length, axis) => length === 1 || view.strides[axis] === strides[axis]);
    if (isPlaced(input) && isContiguous(input.access)) return input;
    const value = typeof access === 'number' ? undefined : access.value;
    const key = JSON.stringify([shape, value ? { ...(access as Access), value: 0 } : access]);
    const copies = this.copies.get(value) ?? new Map<string, Tensor>();
    this.copies.set(value, copies);
    const copy = copies.get(key) ?? this.map([input], x => x);
    copies.set(key, copy);
    return copy as Placed;
  }

  /** Reshapes a tensor. Returns a view if only axes of length 1 change. */
  reshape(input: Tensor, shape: readonly number[]): Tensor {
    const longer = (lengths: readonly number[]) => String(lengths.filter(length => length !== 1));
    if (longer(input.shape) !== longer(shape) && isPlaced(input)) {
      const { dtype, access } = this.contiguous(input);
      return { dtype, shape, access: { ...access, strides: stridesOf(shape) } };
    }
    return viewOf(input, shape, ({ offset, strides }) => {
      const queue = strides.filter((_, axis) => input.shape[axis] !== 1);
      return { offset, strides: shape.map(length => (length === 1 ? 0 : (queue.shift() ?? 0))) };
    });
  }
}

export const expressionOf = ({ access }: Tensor): Expression =>
  typeof access === 'number' ? constant(access) : load({ ...access });

export const broadcast = (tensors: readonly Tensor[]): number[] =>
  tensors.reduce<number[]>(
    (shape, tensor) =>
      tf.backend_util.assertAndGetBroadcastShape(shape, [...tensor.shape]) as number[],
    [],
  );

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

/** Returns a view of a tensor with another offset and other strides. */
export function viewOf<T extends Tensor>(
  tensor: T,
  shape: readonly number[],
  transform: (access: Access) => Pick<Access, 'offset' | 'strides'>,
): T {
  const { access } = tensor;
  if (typeof access === 'number') return { ...tensor, shape };
  return { ...tensor, shape, access: { value: access.value, ...transform(access) } };
}
