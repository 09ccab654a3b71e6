import * as tf from '@tensorflow/tfjs';
import { InputError } from '../errors';
import { CountingBackend } from './counting-backend';

/** The content of a tensor that holds bytes: `data / divisor`. */
export interface Bytes {
  readonly data: Uint8Array;
  readonly divisor: number;
}

/** Known for tensors that are still bytes, and for those that were. */
const known = new WeakMap<tf.DataId, Bytes>();

/**
 * Returns the bytes that a tensor is made of, also once an operation has asked for its values.
 *
 * @param tensor any, of any shape and dtype.
 * @returns the data and the divisor that `divide` was given; undefined for any other tensor.
 * @example
 * const x = divide({ data: Uint8Array.of(0, 255), shape: [2] }, 255);
 * bytesOf(x).divisor; // 255
 * bytesOf(tf.zeros([2])); // undefined
 */
export const bytesOf = (tensor: tf.TensorInfo): Bytes | undefined => known.get(tensor.dataId);

/**
 * Holds the tensors that `divide` makes, for as long as no operation has asked for its values. When one does, the
 * engine moves them from the backend that has them to its own, as it does with tensors made before
 * another backend was chosen: they are divided then. To read them here moves nothing.
 *
 * That goes well with the native and the WebAssembly backend, which look for the data of each tensor
 * that they are given. Those in JavaScript and WebGL do not where they only give a tensor another
 * shape, and would lose count of who uses the data.
 */
class ByteBackend extends CountingBackend {
  override readSync(dataId: tf.DataId): Float32Array {
    return divided(known.get(dataId) as Bytes);
  }
}

const byteBackend = new ByteBackend();

/** Returns the quotients of the 256 bytes by a number. */
export const quotientsOf = (divisor: number): Float32Array =>
  Float32Array.from({ length: 256 }, (_, value) => value / divisor);

/**
 * Returns the floats that bytes stand for, by a table of the quotients: `Float32Array.from(data, …)` takes
 * twenty times as long.
 *
 * @param values where to write them, of the same length; a new array by default.
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

/** Numbers of a byte each, as the loader gives them. */
export interface ByteArray<S extends readonly number[] = readonly number[]> {
  readonly data: Uint8Array;
  readonly shape: S;
}

/** The type of a tensor of as many axes as the shape has lengths. */
export type TensorOf<S extends readonly number[]> = S['length'] extends 1
  ? tf.Tensor1D
  : S['length'] extends 2
    ? tf.Tensor2D
    : S['length'] extends 3
      ? tf.Tensor3D
      : tf.Tensor;

/**
 * Makes a float32 tensor of bytes that are to be divided; see `divide`.
 *
 * @throws InputError if the divisor is 0 or not finite.
 * @throws Error if there are not as many bytes as the shape has places.
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
  // As TensorFlow.js says it of other tensors.
  tf.util.assert(
    size === data.length,
    () =>
      `Based on the provided shape, [${lengths}], the tensor should have ${size} values but has ${data.length}`,
  );
  if (!KEEPING.includes(tf.getBackend()))
    return tf.tensor(divided(bytes), lengths, 'float32') as TensorOf<S>;
  const dataId = byteBackend.hold();
  known.set(dataId, bytes);
  const tensor = tf.engine().makeTensorFromDataId(dataId, lengths, 'float32', byteBackend);
  return tensor as TensorOf<S>;
}

/** The backends that can leave tensors with another; see {@link byteBackend}. */
const KEEPING = ['tensorflow', 'wasm'];

/**
 * Says whether a tensor made by {@link divide} is still only bytes: nothing has asked for its values.
 *
 * @param tensor any, of any shape and dtype; false for one that `divide` has not made.
 * @example
 * const x = divide({ data: Uint8Array.of(0, 255), shape: [2] }, 255);
 * isPending(x); // true
 * x.add(1).arraySync(); // [1, 2]
 * isPending(x); // false
 */
export const isPending = (tensor: tf.TensorInfo): boolean => byteBackend.holds(tensor.dataId);

/**
 * Samples `[start, start + count)` of a tensor, still as bytes if it holds bytes.
 *
 * @param tensor `[samples, ...sample]`, of any dtype.
 * @returns `[count, ...sample]`, of the same dtype; the caller disposes of it.
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
 * @param tensor of any shape, numbers of any dtype.
 * @returns [NaN, NaN] if any value is NaN.
 * @example
 * range(tf.tensor1d([0.5, -1, 2])); // [-1, 2]
 */
export function range(tensor: tf.Tensor): [number, number] {
  const bytes = bytesOf(tensor);
  const values = bytes ? bytes.data : tensor.dataSync();
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  // No byte is beyond 0 and 255, which pictures soon have both.
  const isWhole = () => bytes !== undefined && least === 0 && most === 255;
  for (let i = 0; i < values.length && !isWhole(); i++) {
    const value = values[i] ?? Number.NaN;
    if (Number.isNaN(value)) return [value, value];
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (!bytes) return [least, most];
  const ends = [least / bytes.divisor, most / bytes.divisor].map(Math.fround);
  return ends.sort((a, b) => a - b) as [number, number];
}
