import * as tf from '@tensorflow/tfjs';
import { InputError } from '../errors';
import { CountingBackend } from './counting-backend';

/** The content of a tensor stored as bytes: `data / divisor`. */
export interface Bytes {
  readonly data: Uint8Array;
  readonly divisor: number;
}

/** Bytes by tensor data, kept after a conversion to floats. */
const contents = new WeakMap<tf.DataId, Bytes>();

/**
 * Returns the bytes of a tensor created by `divide`, even after a conversion to floats.
 *
 * @param tensor a tensor of any shape and dtype
 * @returns the data and the divisor passed to `divide`; undefined for other tensors
 * @example
 * const x = divide({ data: Uint8Array.of(0, 255), shape: [2] }, 255);
 * bytesOf(x).divisor; // 255
 * bytesOf(tf.zeros([2])); // undefined
 */
export const bytesOf = (tensor: tf.TensorInfo): Bytes | undefined => contents.get(tensor.dataId);

/**
 * Stores the tensors of `divide` until an operation needs the values. Then TensorFlow.js moves the data to the current
 * backend, like tensors created before a change of backend, and this class divides the bytes. Reading the values does
 * not move the data.
 *
 * Works only with the native and the WebAssembly backend, which look up the data of each input. The JavaScript and
 * WebGL backends skip the lookup for changes of shape and would corrupt the reference counts.
 */
class ByteBackend extends CountingBackend {
  override readSync(dataId: tf.DataId): Float32Array {
    return divided(contents.get(dataId) as Bytes);
  }
}

const byteBackend = new ByteBackend();

export const quotientsOf = (divisor: number): Float32Array =>
  Float32Array.from({ length: 256 }, (_, value) => value / divisor);

/**
 * Returns the quotients of bytes, using a lookup table: `Float32Array.from(data, …)` takes 20 times as long.
 *
 * @param values output array of the same length; defaults to a new array
 * @example
 * Array.from(divided({ data: Uint8Array.of(0, 255), divisor: 255 })); // [0, 1]
 */
export function divided(
  { data, divisor }: Bytes,
  values: Float32Array = new Float32Array(data.length),
): Float32Array {
  const quotients = quotientsOf(divisor);
  for (let i = 0; i < data.length; i++) values[i] = quotients[data[i] as number] as number;
  return values;
}

/** An array of bytes with a shape, such as the loader's images. */
export interface ByteArray<S extends readonly number[] = readonly number[]> {
  readonly data: Uint8Array;
  readonly shape: S;
}

/** The tensor type for the rank of a shape. */
export type TensorOf<S extends readonly number[]> = S['length'] extends 1
  ? tf.Tensor1D
  : S['length'] extends 2
    ? tf.Tensor2D
    : S['length'] extends 3
      ? tf.Tensor3D
      : tf.Tensor;

/**
 * Creates a float32 tensor that is stored as bytes; see `divide`.
 *
 * @throws InputError if the divisor is 0 or not finite
 * @throws Error if the number of bytes differs from the shape's size
 */
export function byteTensor<S extends readonly number[]>(
  { data, shape }: ByteArray<S>,
  divisor: number,
): TensorOf<S> {
  if (!Number.isFinite(divisor) || divisor === 0) {
    throw new InputError({ code: 'divisor', received: divisor });
  }
  const bytes = { data, divisor };
  const lengths = [...shape];
  const size = tf.util.sizeFromShape(lengths);
  // Same message as TensorFlow.js.
  tf.util.assert(
    size === data.length,
    () =>
      `Based on the provided shape, [${lengths}], the tensor should have ${size} values but has ${data.length}`,
  );
  if (!BYTE_BACKENDS.includes(tf.getBackend()))
    return tf.tensor(divided(bytes), lengths, 'float32') as TensorOf<S>;
  const dataId = byteBackend.hold();
  contents.set(dataId, bytes);
  const tensor = tf.engine().makeTensorFromDataId(dataId, lengths, 'float32', byteBackend);
  return tensor as TensorOf<S>;
}

/** The backends that support {@link ByteBackend}. */
const BYTE_BACKENDS = ['tensorflow', 'wasm'];

/**
 * Returns whether a tensor of {@link divide} is still stored as bytes, because no operation has needed the values.
 *
 * @param tensor a tensor of any shape and dtype; returns false if not created by `divide`
 * @example
 * const x = divide({ data: Uint8Array.of(0, 255), shape: [2] }, 255);
 * isPending(x); // true
 * x.add(1).arraySync(); // [1, 2]
 * isPending(x); // false
 */
export const isPending = (tensor: tf.TensorInfo): boolean => byteBackend.holds(tensor.dataId);

/**
 * Returns the samples from `start` to `start + count` (exclusive). A tensor stored as bytes remains bytes.
 *
 * @param tensor `[samples, ...sample]`, any dtype
 * @returns `[count, ...sample]`, same dtype, to be disposed of by the caller
 * @example
 * samplesOf(tf.tensor2d([[1, 2], [3, 4], [5, 6]]), 1, 2).arraySync(); // [[3, 4], [5, 6]]
 */
export function samplesOf(tensor: tf.Tensor, start: number, count: number): tf.Tensor {
  const bytes = bytesOf(tensor);
  const rest = tensor.shape.slice(1);
  if (!bytes) return tensor.slice([start, ...rest.map(() => 0)], [count, ...rest]);
  const size = tf.util.sizeFromShape(rest);
  const data = bytes.data.subarray(start * size, (start + count) * size);
  return byteTensor({ data, shape: [count, ...rest] }, bytes.divisor);
}

/**
 * Returns the smallest and the largest value of a tensor.
 *
 * @param tensor a numeric tensor of any shape
 * @returns `[minimum, maximum]`; [NaN, NaN] if any value is NaN
 * @example
 * range(tf.tensor1d([0.5, -1, 2])); // [-1, 2]
 */
export function range(tensor: tf.Tensor): [number, number] {
  const bytes = bytesOf(tensor);
  const values = bytes ? bytes.data : tensor.dataSync();
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  // Stop early: images soon contain both 0 and 255, the limits of bytes.
  const isFullRange = () => bytes !== undefined && min === 0 && max === 255;
  for (let i = 0; i < values.length && !isFullRange(); i++) {
    const value = values[i] ?? Number.NaN;
    if (Number.isNaN(value)) return [value, value];
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (!bytes) return [min, max];
  const limits = [min / bytes.divisor, max / bytes.divisor].map(Math.fround);
  return limits.sort((a, b) => a - b) as [number, number];
}
