import * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { bytesOf as bytesOfTensor, divided } from '../../graph/byte-tensor';
import type { Value } from './ir';
import { FLOAT, type Memory } from './memory';

/** Copies rows of a tensor to numbers in memory. */
export type Copy = (rows: Int32Array, to: Value) => void;

/** Returns what copies rows of samples, which may lie in TensorFlow.js's memory, or be bytes. */
export function copyOf(tensor: tf.Tensor, memory: Memory): Copy {
  const width = tensor.size / Math.max(1, tensor.shape[0] ?? 1);
  const bytes = bytesOfTensor(tensor);
  // Four divisions at once round as the table does only where the divisor is a float32 itself.
  if (bytes && Math.fround(bytes.divisor) === bytes.divisor) {
    const struct = memory.take(16);
    return (rows, to) => {
      const length = Math.ceil((rows.length * width) / 4) * 4;
      const { address = 0 } = to;
      copyRows(bytes.data, width, rows, memory.bytes(address + length * (FLOAT - 1), length));
      memory.words(struct, 2).set([length, address]);
      memory.floats({ address: struct + 8, size: 1 }).set([bytes.divisor]);
      memory.divide(struct);
    };
  }
  const floats = bytes && divided(bytes);
  return (rows, to) => copyRows(floats ?? numbersOf(tensor), width, rows, memory.floats(to));
}

function copyRows(from: tf.TypedArray, width: number, rows: Int32Array, to: tf.TypedArray): void {
  rows.forEach((row, i) => {
    if (width === 1) to[i] = from[row] as number;
    else to.set(from.subarray(row * width, (row + 1) * width), i * width);
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
