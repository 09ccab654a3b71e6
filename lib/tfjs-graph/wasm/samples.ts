import * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { bytesOf, divided, quotientsOf } from '../bytes/byte-tensor';
import { FLOAT } from './assembler';
import { fixed, type Placed } from './ir';
import type { Memory } from './memory';

export function allocateSamples(column: tf.TensorInfo, shape: readonly number[]): Placed {
  const tensor = fixed(shape);
  const { value } = tensor.access;
  const bytes = bytesOf(column);
  if (bytes) {
    const numbers = fixed([256], quotientsOf(bytes.divisor)).access;
    value.bytes = { place: fixed([Math.ceil(value.size / FLOAT)]).access, numbers };
  }
  return tensor;
}

/** Copies rows of samples, which may be bytes or in TensorFlow.js's WebAssembly memory, to the locations that are read. */
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
  const bytes = bytesOf(column);
  const byteValue = value.bytes?.place.value;
  if (bytes && byteValue?.address !== undefined) {
    copy(bytes.data, memory.bytes(byteValue, value.size));
  }
  if (value.address === undefined) return;
  const to = memory.floats(value);
  if (!bytes) copy(numbersOf(column), to);
  else divided({ ...bytes, data: copy(bytes.data, new Uint8Array(value.size)) as Uint8Array }, to);
}

/** Returns the numbers of a tensor. On WebAssembly, returns a view that is valid until the memory grows. */
export function numbersOf(tensor: tf.Tensor): tf.TypedArray {
  const backend = tf.backend();
  if (!isWasm(backend)) return tensor.dataSync();
  // Moves the tensor from a previous backend.
  backend.getMemoryOffset(tensor.dataId);
  return backend.typedArrayFromHeap(tensor);
}

const isWasm = (backend: tf.KernelBackend): backend is BackendWasm =>
  'typedArrayFromHeap' in backend;
