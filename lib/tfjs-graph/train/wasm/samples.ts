import * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { bytesOf, divided, quotientsOf } from '../../graph/byte-tensor';
import { FLOAT } from './assembler';
import { fixed, type Placed } from './ir';
import type { Memory } from './memory';

/** Makes the place of samples. */
export function samplesPlace(column: tf.TensorInfo, shape: readonly number[]): Placed {
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
  const copy = (from: tf.TypedArray, to: tf.TypedArray) => {
    const width = to.length / rows.length;
    rows.forEach((row, i) => {
      if (width === 1) to[i] = from[row] as number;
      else to.set(from.subarray(row * width, (row + 1) * width), i * width);
    });
    return to;
  };
  const held = bytesOf(column);
  const place = value.bytes?.place.value;
  if (held && place?.address !== undefined) copy(held.data, memory.bytes(place, value.size));
  if (value.address === undefined) return;
  const to = memory.floats(value);
  if (!held) copy(numbersOf(column), to);
  else divided({ ...held, data: copy(held.data, new Uint8Array(value.size)) as Uint8Array }, to);
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
