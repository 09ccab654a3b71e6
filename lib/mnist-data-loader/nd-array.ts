/** The array type that holds each dtype's values. */
export interface TypedArrays {
  uint8: Uint8Array;
  int8: Int8Array;
  int16: Int16Array;
  int32: Int32Array;
  float32: Float32Array;
  float64: Float64Array;
}

export type Dtype = keyof TypedArrays;

/** Lengths of the axes, outermost first. */
export type Shape = readonly number[];

/** How many values a shape has; Infinity where that is beyond all measure. */
export function sizeOf(shape: Shape): number {
  return shape.includes(0) ? 0 : shape.reduce((product, length) => product * length, 1);
}

/** Above this many values the print form leaves the range out: finding it would take a noticeable time. */
const RANGE_LIMIT = 1 << 20;

/** Values of a rank-1 array that the print form shows. */
const PREVIEW = 10;

const inspect: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never;

/**
 * Numbers in row-major order with a shape, as NumPy's `ndarray`.
 *
 * @example
 * const labels = new NdArray('uint8', [3], Uint8Array.of(7, 2, 1));
 * labels.max(); // 7
 * String(labels.slice(0, 2)); // 'uint8 [2]: 7 2'
 */
export class NdArray<S extends Shape = Shape, D extends Dtype = 'uint8'> {
  /**
   * @param data the values; kept, not copied
   * @throws RangeError when the number of values is not the product of `shape`
   */
  constructor(
    readonly dtype: D,
    readonly shape: S,
    readonly data: TypedArrays[D],
  ) {
    const size = sizeOf(shape);
    if (size !== data.length) {
      throw new RangeError(
        `Expected ${size} values for shape [${shape.join(', ')}], but got ${data.length}`,
      );
    }
  }

  /**
   * The smallest value; NaN if any value is NaN.
   * @throws RangeError when the array is empty
   */
  min(): number {
    return this.range()[0];
  }

  /**
   * The largest value; NaN if any value is NaN.
   * @throws RangeError when the array is empty
   */
  max(): number {
    return this.range()[1];
  }

  /**
   * Items `start` to `end` (exclusive) along the first axis, as `Array.prototype.slice` counts them:
   * negative indices from the end, indices beyond it clamped. A view on the same memory, not a copy.
   */
  slice(start = 0, end = this.shape[0] ?? 0): NdArray<S, D> {
    const [length = 0, ...item] = this.shape;
    const stride = sizeOf(item);
    const from = clamp(start, length);
    const to = Math.max(from, clamp(end, length));
    const data = this.data.subarray(from * stride, to * stride) as TypedArrays[D];
    return new NdArray<S, D>(this.dtype, [to - from, ...item] as unknown as S, data);
  }

  /** One line: dtype, shape, and the first values (rank 1) or the range (higher ranks, if cheap). */
  toString(): string {
    const head = `${this.dtype} [${this.shape.join(', ')}]`;
    const { data } = this;
    if (this.shape.length === 1 && data.length > 0) {
      const rest = data.length > PREVIEW ? ' …' : '';
      return `${head}: ${data.subarray(0, PREVIEW).join(' ')}${rest}`;
    }
    if (data.length === 0 || data.length > RANGE_LIMIT) return head;
    return `${head}: ${this.min()}…${this.max()}`;
  }

  /** @internal */
  [inspect](): string {
    return this.toString();
  }

  private range(): [number, number] {
    const { data } = this;
    if (data.length === 0) {
      throw new RangeError(
        `An array of shape [${this.shape.join(', ')}] has no least or greatest value`,
      );
    }
    const [least, most] = this.dtype === 'uint8' ? [0, 255] : [Number.NaN, Number.NaN];
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    // Pictures soon have both black and white in them: nothing can be beyond these.
    for (let i = 0; i < data.length && !(min === least && max === most); i++) {
      const value = data[i] as number;
      if (value < min) min = value;
      if (value > max) max = value;
      if (Number.isNaN(value)) return [Number.NaN, Number.NaN];
    }
    return [min, max];
  }
}

/** An array of any dtype; test `dtype` to know which. */
export type AnyArray = { [D in Dtype]: NdArray<Shape, D> }[Dtype];

function clamp(index: number, length: number): number {
  const whole = Math.trunc(index) || 0;
  return Math.min(length, Math.max(0, whole < 0 ? whole + length : whole));
}
