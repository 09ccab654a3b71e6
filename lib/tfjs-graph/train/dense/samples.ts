import * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { at } from '../../present';
import type { Part } from '../trainer';
import type { Matrix } from './matrix';

/** Samples with their labels, as they lie in TensorFlow.js's memory. */
export class Samples {
  readonly count: number;
  private readonly start: number;
  private readonly tensor: tf.Tensor;
  private readonly labels: Int32Array;

  constructor({ columns, start, count }: Part) {
    this.start = start;
    this.count = count;
    this.tensor = at(columns, 0);
    this.labels = Int32Array.from(at(columns, 1).dataSync());
  }

  /** Copies samples to the rows of a matrix, and returns their labels. */
  copyTo({ values, rowStride }: Matrix, rows: Int32Array): Int32Array {
    const numbers = numbersOf(this.tensor);
    const size = this.tensor.size / at(this.tensor.shape, 0);
    rows.forEach((row, i) => {
      const from = (this.start + row) * size;
      values.set(numbers.subarray(from, from + size), i * rowStride);
    });
    return rows.map(row => at(this.labels, this.start + row));
  }
}

/** Returns the numbers of a tensor; on WebAssembly where they are, so until that memory grows. */
function numbersOf(tensor: tf.Tensor): tf.TypedArray {
  const backend = tf.backend();
  if (!isWasm(backend)) return tensor.dataSync();
  // Brings the tensor here, where it was made before this engine was started.
  backend.getMemoryOffset(tensor.dataId);
  return backend.typedArrayFromHeap(tensor);
}

const isWasm = (backend: tf.KernelBackend): backend is BackendWasm =>
  'typedArrayFromHeap' in backend;
