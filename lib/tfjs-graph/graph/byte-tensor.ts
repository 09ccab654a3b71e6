import * as tf from '@tensorflow/tfjs';
import { InputError } from '../errors';
import { nativeBackend } from './backend';
import { bytesOf, holdBytes } from './bytes';

export { type Bytes, bytesOf } from './bytes';

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
 * Divides bytes by a number, as `data.astype('float32') / 255` does in NumPy.
 *
 * The tensor is float32 for whoever uses it. On the native engine it keeps the bytes, a quarter of
 * the memory, until an operation asks for its values. `fit` and `evaluate` never do: they divide batch
 * by batch; nor do, after {@link keepBytes}, `reshape`, `gather` and slices of samples.
 *
 * @param array bytes with a shape, such as pictures `[60000, 28, 28]`, in [0, 255].
 * @param divisor any number but 0.
 * @returns float32, the same shape; [0, 255] divided by 255 gives [0, 1].
 * @throws InputError where the divisor is 0 or not finite.
 * @example
 * const x = divide({ data: Uint8Array.of(0, 51, 255), shape: [3] }, 255);
 * x.dtype; // 'float32'
 * range(x); // [0, 1]
 */
export function divide<S extends readonly number[]>(
  { data, shape }: ByteArray<S>,
  divisor: number,
): TensorOf<S> {
  if (!Number.isFinite(divisor) || divisor === 0) {
    throw new InputError({ code: 'divisor', received: divisor });
  }
  const backend = nativeBackend();
  const values = () => divided(data, divisor);
  if (!backend) return tf.tensor(values(), [...shape], 'float32') as TensorOf<S>;
  const dataId = {};
  backend.move(dataId, EMPTY, [...shape], 'float32', 1);
  deferValues(backend.tensorMap.get(dataId), values);
  holdBytes(dataId, { data, divisor });
  const tensor = tf.engine().makeTensorFromDataId(dataId, [...shape], 'float32', backend);
  return tensor as TensorOf<S>;
}

/** Says whether a tensor made by {@link divide} is still only bytes: nothing has asked for its values. */
export const isPending = (tensor: tf.TensorInfo): boolean =>
  bytesOf(tensor) !== undefined && nativeBackend()?.tensorMap.get(tensor.dataId)?.id === -1;

/** Samples `[start, start + count)` of a tensor, still as bytes where it holds bytes. */
export function samplesOf(tensor: tf.Tensor, start: number, count: number): tf.Tensor {
  const bytes = bytesOf(tensor);
  const rest = tensor.shape.slice(1);
  if (!bytes) return tensor.slice([start, ...rest.map(() => 0)], [count, ...rest]);
  const size = rest.reduce((product, length) => product * length, 1);
  const data = bytes.data.subarray(start * size, (start + count) * size);
  return divide({ data, shape: [count, ...rest] }, bytes.divisor);
}

/**
 * Returns the smallest and the largest value of a tensor.
 *
 * @returns [NaN, NaN] where any value is NaN.
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

/** Divides by a table of the 256 quotients: `Float32Array.from(data, …)` takes twenty times as long. */
function divided(data: Uint8Array, divisor: number): Float32Array {
  const quotients = Float32Array.from({ length: 256 }, (_, value) => value / divisor);
  const values = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    values[i] = quotients[data[i] ?? -1] ?? Number.NaN;
  }
  return values;
}

const EMPTY = new Float32Array();

/**
 * Makes values only when they are first needed, which is when the backend hands them over to
 * TensorFlow and forgets them.
 */
function deferValues(entry: { values: Float32Array | null }, make: () => Float32Array): void {
  let written = false;
  Object.defineProperty(entry, 'values', {
    get: () => (written ? null : make()),
    set: () => {
      written = true;
    },
  });
}
