import type * as tf from '@tensorflow/tfjs';

/** What a tensor is made of that holds bytes: `data / divisor`. */
export interface Bytes {
  readonly data: Uint8Array;
  readonly divisor: number;
}

const known = new WeakMap<tf.DataId, Bytes>();

/** Remembers the bytes that data are made of. */
export const holdBytes = (dataId: tf.DataId, bytes: Bytes): void => {
  known.set(dataId, bytes);
};

/** Returns the bytes that a tensor is made of; undefined for any other. */
export const bytesOf = (tensor: tf.TensorInfo): Bytes | undefined => known.get(tensor.dataId);
