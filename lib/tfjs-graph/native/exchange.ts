/** Exchanges tensors between TensorFlow and any backend of TensorFlow.js. */
import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import type { NativeBackend, TensorId, TensorMetadata, Values } from '../backend';
import { bytesOf } from '../bytes/byte-tensor';
import { DTYPES } from '../trace/tape';

/**
 * Passes the ids of tensors in TensorFlow to `work`, with a format for tensors stored as bytes. Copies tensors of other
 * backends: TensorFlow.js would move the data, but with the shape at creation.
 */
export function withIds<T>(
  backend: NativeBackend,
  tensors: readonly tf.TensorInfo[],
  format: 'bytes' | 'floats',
  work: (ids: readonly TensorId[]) => T,
): T {
  const { binding } = backend;
  const copies: TensorId[] = [];
  const idOf = (tensor: tf.TensorInfo): TensorId => {
    const { dataId, shape, dtype } = tensor;
    const bytes = format === 'bytes' ? bytesOf(tensor) : undefined;
    const isNative = !bytes && backend.refCount(dataId) > 0;
    if (isNative) return at(backend.getInputTensorIds([tensor]), 0);
    const values = bytes?.data ?? (tf.engine().readSync(dataId) as Values);
    const type = bytes ? binding.TF_UINT8 : backend.getDTypeInteger(dtype);
    copies.push(binding.createTensor(shape, type, values));
    return at(copies, -1);
  };
  try {
    return work(tensors.map(idOf));
  } finally {
    for (const id of copies) binding.deleteTensor(id);
  }
}

/** Converts a TensorFlow tensor to the current backend. Takes ownership of the TensorFlow tensor. */
export function tensorOf(backend: NativeBackend, metadata: TensorMetadata): tf.Tensor {
  if (tf.backend() === backend) return backend.createOutputTensor(metadata);
  const { binding } = backend;
  const { id, shape, dtype } = metadata;
  const values = binding.tensorDataSync(id);
  binding.deleteTensor(id);
  const name = DTYPES.find(type => backend.getDTypeInteger(type) === dtype);
  return tf.tensor(values, shape, name);
}
