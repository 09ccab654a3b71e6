/** Exchanges tensors between TensorFlow and TensorFlow.js, whichever of its engines is in use. */
import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import type { NativeBackend, TensorId, TensorMetadata, Values } from './backend';
import { bytesOf } from './byte-tensor';
import { DTYPES } from './tape/tape';

/**
 * Hands TensorFlow tensors, for as long as `work` takes. Those of other engines are copied: TensorFlow.js would move
 * their data, but by the shape in which they were made.
 *
 * @param keeps how TensorFlow is given tensors that hold bytes.
 */
export function withIds<T>(
  backend: NativeBackend,
  tensors: readonly tf.TensorInfo[],
  keeps: 'bytes' | 'floats',
  work: (ids: readonly TensorId[]) => T,
): T {
  const { binding } = backend;
  const made: TensorId[] = [];
  const idOf = (tensor: tf.TensorInfo): TensorId => {
    const { dataId, shape, dtype } = tensor;
    const bytes = keeps === 'bytes' ? bytesOf(tensor) : undefined;
    const isThere = !bytes && backend.refCount(dataId) > 0;
    if (isThere) return at(backend.getInputTensorIds([tensor]), 0);
    const values = bytes?.data ?? (tf.engine().readSync(dataId) as Values);
    const type = bytes ? binding.TF_UINT8 : backend.getDTypeInteger(dtype);
    made.push(binding.createTensor(shape, type, values));
    return at(made, -1);
  };
  try {
    return work(tensors.map(idOf));
  } finally {
    for (const id of made) binding.deleteTensor(id);
  }
}

/** Makes a tensor, of the engine in use, of one of TensorFlow, and takes that over. */
export function tensorOf(backend: NativeBackend, metadata: TensorMetadata): tf.Tensor {
  if (tf.backend() === backend) return backend.createOutputTensor(metadata);
  const { binding } = backend;
  const { id, shape, dtype } = metadata;
  const values = binding.tensorDataSync(id);
  binding.deleteTensor(id);
  const name = DTYPES.find(each => backend.getDTypeInteger(each) === dtype);
  return tf.tensor(values, shape, name);
}
