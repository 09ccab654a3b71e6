import * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { bytesOf, divided, quotientsOf } from '../../graph/byte-tensor';
import { FLOAT } from './assembler';
import { fixed, type Placed, sizeOf } from './ir';
import type { Memory } from './memory';

/** Makes the place of samples. */
export function samplesPlace(column: tf.Tensor, shape: readonly number[]): Placed {
  const tensor = fixed(shape);
  const { value } = tensor.access;
  const held = bytesOf(column);
  if (held) {
    const numbers = fixed([256], quotientsOf(held.divisor)).access;
    value.bytes = { place: fixed([Math.ceil(value.size / FLOAT)]).access, numbers };
  }
  return tensor;
}

/**
 * Copies rows of samples, which may lie in TensorFlow.js's memory, or be bytes, to those of their places that a
 * program reads.
 */
export function copyRows(
  column: tf.Tensor,
  rows: Int32Array,
  { access: { value } }: Placed,
  memory: Memory,
): void {
  const width = sizeOf(column.shape.slice(1));
  const held = bytesOf(column);
  const bytes = value.bytes?.place.value;
  const each = (copy: (start: number, end: number, to: number) => void) =>
    rows.forEach((row, i) => {
      copy(row * width, (row + 1) * width, i * width);
    });
  if (held && bytes?.address !== undefined) {
    const to = memory.bytes(bytes);
    each((start, end, place) => to.set(held.data.subarray(start, end), place));
  }
  if (value.address === undefined) return;
  const [from, to] = [held?.data ?? numbersOf(column), memory.floats(value)];
  each((start, end, place) => {
    const own = from.subarray(start, end);
    if (held) divided({ ...held, data: own as Uint8Array }, to.subarray(place));
    else if (width === 1) to[place] = from[start] as number;
    else to.set(own, place);
  });
}

/** Returns the numbers of a tensor; those on WebAssembly in place, valid until that memory grows. */
export function numbersOf(tensor: tf.Tensor): tf.TypedArray {
  const backend = tf.backend();
  if (!isWasm(backend)) return tensor.dataSync();
  // Moves the tensor here if it was made before this engine was started.
  backend.getMemoryOffset(tensor.dataId);
  return backend.typedArrayFromHeap(tensor);
}

const isWasm = (backend: tf.KernelBackend): backend is BackendWasm =>
  'typedArrayFromHeap' in backend;
