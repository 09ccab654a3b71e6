import * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { at } from '../../array';
import { NotWasmError } from '../../errors';
import { type Bytes, bytesOf, divided } from '../../graph/byte-tensor';
import type { Part } from '../trainer';
import { FLOAT, type Matrix, type Memory } from './memory';
import type { Targets } from './softmax';

/** Samples with their labels and what each counts, as they lie in TensorFlow.js's memory, or as the bytes that they are made of. */
export class Samples {
  private readonly tensor: tf.Tensor;
  private readonly bytes: Bytes | undefined;
  private readonly floats: Float32Array | undefined;
  private readonly labels: Int32Array;
  private readonly weights: Float32Array | undefined;

  /** @throws NotWasmError if labels are rows that are not one-hot. */
  constructor({ columns }: Pick<Part, 'columns'>) {
    this.tensor = at(columns, 0);
    const bytes = bytesOf(this.tensor);
    // Four divisions at once round as the table does only where the divisor is a float32 itself.
    const isExact = bytes && Math.fround(bytes.divisor) === bytes.divisor;
    this.bytes = isExact ? bytes : undefined;
    this.floats = bytes && !isExact ? divided(bytes) : undefined;
    this.labels = classesOf(at(columns, 1));
    this.weights = columns[2] && Float32Array.from(columns[2].dataSync());
  }

  /** Copies samples to the first rows of a network's input, and returns what they are. */
  copyTo(input: Matrix, memory: Memory, rows: Int32Array): Targets {
    if (this.bytes) divideBytes(this.bytes, rows, input, memory);
    else copyNumbers(this.floats ?? numbersOf(this.tensor), rows, input);
    const { labels, weights } = this;
    return {
      labels: rows.map(row => at(labels, row)),
      weights: weights && Float32Array.from(rows, row => at(weights, row)),
    };
  }
}

/** Returns the classes, `[samples]`, of labels that are such, or one-hot, `[samples, classes]`. */
function classesOf(labels: tf.Tensor): Int32Array {
  const values = labels.dataSync();
  const [count = 0, classes = 1] = labels.shape;
  if (classes === 1) return Int32Array.from(values);
  return Int32Array.from({ length: count }, (_, row) => {
    const own = values.subarray(row * classes, (row + 1) * classes);
    const label = own.indexOf(1);
    if (label < 0 || own.some((value, i) => value !== 0 && i !== label)) {
      throw new NotWasmError('labels');
    }
    return label;
  });
}

function copyNumbers(numbers: tf.TypedArray, places: Int32Array, input: Matrix): void {
  const { values, rowStride, columns } = input;
  places.forEach((place, row) => {
    values.set(numbers.subarray(place * columns, (place + 1) * columns), row * rowStride);
  });
}

/** Puts the bytes of each sample into the last quarter of its row, and divides them there. */
function divideBytes(
  { data, divisor }: Bytes,
  places: Int32Array,
  input: Matrix,
  memory: Memory,
): void {
  const { values, rowStride, columns } = input;
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const [offset, stride] = [columns * (FLOAT - 1), rowStride * FLOAT];
  places.forEach((place, row) => {
    bytes.set(data.subarray(place * columns, (place + 1) * columns), row * stride + offset);
  });
  memory.divide(input, places.length, offset, divisor);
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
