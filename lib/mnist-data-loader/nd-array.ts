import { messages } from './language';

/** Lengths of the axes, outermost first. */
export type Shape = readonly number[];

/** Counts the values of a shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Beyond so many values the print form leaves the range out, which would take a noticeable time to find. */
const RANGE_LIMIT = 1 << 20;

/** Values of a rank-1 array that the print form shows. */
const PREVIEW = 10;

const inspect: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never;

/**
 * Stands behind the prototype of a class whose values lie in `data`: `array[0]`, which would silently
 * be undefined, is an error that says what to write. What the class or the array has is found before
 * this is asked, at no cost; every name but an index is absent, as ever.
 */
const indexGuard: object = new Proxy(
  {},
  {
    get(target, name, array: { shape?: Shape }) {
      if (isIndex(name) && array.shape) throw new TypeError(instead(Number(name), array.shape));
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

function instead(index: number, [, ...item]: Shape): string {
  const { noIndex, noIndexForItem } = messages().array;
  if (item.length > 0) {
    return noIndexForItem(index, `.slice(${index}, 1)`, `[${[1, ...item].join(', ')}]`);
  }
  return noIndex(index, index < 0 ? `.data.at(${index})` : `.data[${index}]`);
}

/**
 * Bytes in row-major order with a shape, as NumPy's `ndarray`. It has no `[i]`, and says so: an item is
 * `slice(i, 1)`, a number `data[i]`.
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
   * @param data the values; kept, not copied
   * @throws RangeError when the number of values is not the product of `shape`
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
   * Finds the smallest value.
   * @throws RangeError when the array is empty
   */
  min(): number {
    return this.range()[0];
  }

  /**
   * Finds the largest value.
   * @throws RangeError when the array is empty
   */
  max(): number {
    return this.range()[1];
  }

  /**
   * Views `count` items along the first axis, from `start` on, as a tensor's `slice` counts them: -1, or
   * nothing, stands for all the rest. A negative `start` counts from the end; items beyond the end are
   * left out. The view shares the memory.
   * @throws RangeError when `count` is below -1
   */
  slice(start = 0, count = -1): NdArray<S> {
    if (count < -1) throw new RangeError(messages().array.noCount(count));
    const [length = 0, ...item] = this.shape;
    const stride = sizeOf(item);
    const from = clamp(start, length);
    const to = count === -1 ? length : Math.min(length, from + (Math.trunc(count) || 0));
    const data = this.data.subarray(from * stride, to * stride);
    return new NdArray<S>(this.dtype, [to - from, ...item] as unknown as S, data);
  }

  /** Prints one line: dtype, shape, and the first values (rank 1) or the range (higher ranks, if cheap). */
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
    // By index: `for of` takes seven times as long.
    for (let i = 0; i < data.length; i++) {
      const value = data[i] as number;
      if (value < min) min = value;
      if (value > max) max = value;
      // A picture soon shows both black and white, beyond which there is nothing.
      if (min === 0 && max === 255) break;
    }
    return [min, max];
  }
}

function clamp(index: number, length: number): number {
  const whole = Math.trunc(index) || 0;
  return Math.min(length, Math.max(0, whole < 0 ? whole + length : whole));
}
