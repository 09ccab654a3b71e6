import * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

/** Returns the numbers of a tensor; on WebAssembly where they are, so until that memory grows. */
export function numbersOf(tensor: tf.Tensor): tf.TypedArray {
  const backend = tf.backend();
  if (!isWasm(backend)) return tensor.dataSync();
  // Brings the tensor here, where it was made before this engine was started.
  backend.getMemoryOffset(tensor.dataId);
  return backend.typedArrayFromHeap(tensor);
}

const isWasm = (backend: tf.KernelBackend): backend is BackendWasm =>
  'typedArrayFromHeap' in backend;
