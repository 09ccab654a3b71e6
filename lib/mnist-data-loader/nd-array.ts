import { messages } from './language';

/** Lengths of the axes, outermost first. */
export type Shape = readonly number[];

/** Returns the number of values of a shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** The print form omits the range of larger arrays, because finding the range would take noticeable time. */
const RANGE_LIMIT = 1 << 20;

/** Number of values in the print form of a rank-1 array. */
const PREVIEW = 10;

const inspect: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never;

/**
 * Prototype of {@link NdArray.prototype}. `array[0]` would silently be undefined, so the guard throws an error
 * that names the alternative. Own and inherited properties are found earlier, without a cost; other missing
 * names stay undefined.
 */
const indexGuard: object = new Proxy(
  {},
  {
    get(target, name, array: { shape?: Shape }) {
      if (isIndex(name) && array.shape) throw new TypeError(advice(Number(name), array.shape));
      return Reflect.get(target, name, array);
    },
    set(target, name, value, array: { shape?: Shape }) {
      if (isIndex(name) && array.shape) throw new TypeError(messages().array.unchangeable(name));
      return Reflect.set(target, name, value, array);
    },
  },
);

const isIndex = (name: string | symbol): name is string =>
  typeof name === 'string' && /^-?\d+$/.test(name);

function advice(index: number, [, ...item]: Shape): string {
  const { noIndex, noIndexForItem } = messages().array;
  if (item.length > 0) {
    return noIndexForItem(index, `.slice(${index}, 1)`, `[${[1, ...item].join(', ')}]`);
  }
  return noIndex(index, index < 0 ? `.data.at(${index})` : `.data[${index}]`);
}

/**
 * Bytes in row-major order with a shape, like NumPy's `ndarray`. Indexing by `[i]` throws: use `slice(i, 1)`
 * for an item, and `data[i]` for a number.
 *
 * @example
 * const labels = new NdArray('uint8', [3], Uint8Array.of(7, 2, 1));
 * labels.max(); // 7
 * String(labels.slice(0, 2)); // 'uint8 [2]: 7 2'
 */
export class NdArray<S extends Shape = Shape> {
  static {
    Object.setPrototypeOf(NdArray.prototype, indexGuard);
  }

  /**
   * @param data the values, not copied
   * @throws RangeError if the number of values differs from the product of `shape`
   */
  constructor(
    readonly dtype: 'uint8',
    readonly shape: S,
    readonly data: Uint8Array,
  ) {
    const size = sizeOf(shape);
    if (size !== data.length) {
      throw new RangeError(
        `Expected ${size} values for shape [${shape.join(', ')}], but received ${data.length}`,
      );
    }
  }

  /**
   * Returns the smallest value.
   * @throws RangeError if the array is empty
   */
  min(): number {
    return this.range()[0];
  }

  /**
   * Returns the largest value.
   * @throws RangeError if the array is empty
   */
  max(): number {
    return this.range()[1];
  }

  /**
   * Returns a view of `count` items along the first axis, starting at `start`, like a tensor's `slice`. A
   * `count` of -1 means all remaining items. A negative `start` counts from the end. Items beyond the end are
   * omitted. The view shares its memory with the array.
   * @throws RangeError if `count` is below -1
   */
  slice(start = 0, count = -1): NdArray<S> {
    if (count < -1) throw new RangeError(messages().array.noCount(count));
    const [length = 0, ...item] = this.shape;
    const stride = sizeOf(item);
    const first = clamp(start, length);
    const end = count === -1 ? length : Math.min(length, first + (Math.trunc(count) || 0));
    const data = this.data.subarray(first * stride, end * stride);
    return new NdArray<S>(this.dtype, [end - first, ...item] as unknown as S, data);
  }

  /** Returns one line: dtype, shape, and the first values (rank 1) or the range (higher ranks of limited size). */
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
      throw new RangeError(messages().array.empty(`[${this.shape.join(', ')}]`));
    }
    let [min, max] = [255, 0];
    // An index loop is seven times as fast as `for of`.
    for (let i = 0; i < data.length; i++) {
      const value = data[i] as number;
      if (value < min) min = value;
      if (value > max) max = value;
      // Stop at the extreme values, which images contain early.
      if (min === 0 && max === 255) break;
    }
    return [min, max];
  }
}

function clamp(index: number, length: number): number {
  const integer = Math.trunc(index) || 0;
  return Math.min(length, Math.max(0, integer < 0 ? integer + length : integer));
}
