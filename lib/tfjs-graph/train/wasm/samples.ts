import * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { bytesOf, divided, quotientsOf } from '../../graph/byte-tensor';
import type { Value } from './expression';
import { type Builder, fixed, type Placed, sizeOf } from './ir';
import { FLOAT, type Memory } from './memory';

/** Where a program reads samples: as numbers, or as the bytes that these are made of. */
export interface Samples {
  readonly tensor: Placed;
  readonly bytes?: Value;
}

/** Makes the place of samples. Bytes are listed for the products that take lists, as many are 0. */
export function samplesPlace(
  column: tf.Tensor,
  shape: readonly number[],
  builder: Builder,
): Samples {
  const tensor = fixed(shape);
  const held = bytesOf(column);
  const [rows = 1] = shape;
  const { value } = tensor.access;
  if (!held || rows === 0) return { tensor };
  const columns = value.size / rows;
  const numbers = fixed([256], quotientsOf(held.divisor));
  const bytes = fixed([Math.ceil(value.size / FLOAT)]);
  const { lengths, entries } = builder.makeLists(rows, value.size);
  builder.call({ rows, columns }, [bytes.access, numbers.access, entries], lengths);
  value.lists = { lengths, entries };
  return { tensor, bytes: bytes.access.value };
}

/**
 * Copies rows of samples, which may lie in TensorFlow.js's memory, or be bytes, to those of their places that a
 * program reads.
 */
export function copyRows(
  column: tf.Tensor,
  rows: Int32Array,
  { tensor, bytes }: Samples,
  memory: Memory,
): void {
  const width = sizeOf(column.shape.slice(1));
  const held = bytesOf(column);
  const { value } = tensor.access;
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
