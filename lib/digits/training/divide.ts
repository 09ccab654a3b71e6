import { type ByteArray, divide as divideBytes, type TensorOf } from 'tfjs-graph';
import { withLearnerErrors } from '../device/engine-messages';

/**
 * Divides bytes by a number, as `data.astype('float32') / 255` does in NumPy.
 *
 * The result behaves as a float32 tensor, but stores the bytes, a quarter of the memory, until an operation
 * reads the quotients. `model.fit`, `evaluate` and `predict` divide batch by batch instead. `min` and `max` of
 * all values, `reshape`, `gather` and slices of samples also keep the bytes.
 *
 * @param array bytes with a shape, such as the loader's pictures `[60000, 28, 28]`, in [0, 255].
 * @param divisor any number except 0.
 * @returns float32, the same shape; [0, 255] divided by 255 gives [0, 1].
 * @throws RangeError if the divisor is 0 or not finite.
 * @example
 * const x = divide({ data: Uint8Array.of(0, 51, 255), shape: [3] }, 255);
 * x.dtype; // 'float32'
 * [x.min().arraySync(), x.max().arraySync()]; // [0, 1]
 */
export function divide<S extends readonly number[]>(
  array: ByteArray<S>,
  divisor: number,
): TensorOf<S> {
  return withLearnerErrors(() => divideBytes(array, divisor));
}
