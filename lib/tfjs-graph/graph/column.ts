import * as tf from '@tensorflow/tfjs';
import { bytesOf, samplesOf } from './byte-tensor';

/** A tensor of samples that a compiled step reads, `[samples, ...sample]`. Each run may bring another tensor. */
export class Column implements tf.TensorInfo {
  readonly dtype: tf.DataType;
  /** Its first length is -1: the number of samples may change. */
  readonly shape: number[];

  constructor(public tensor: tf.Tensor) {
    this.dtype = tensor.dtype;
    this.shape = [-1, ...tensor.shape.slice(1)];
  }

  get dataId(): tf.DataId {
    return this.tensor.dataId;
  }

  /** Returns a tensor of this kind without samples. The caller disposes of it. */
  empty(): tf.Tensor {
    return tf.tidy(() => samplesOf(this.tensor, 0, 0));
  }
}

/** Describes the type of samples: tensors of one kind can take each other's place in a {@link Column}. */
export const kindOfSamples = (tensor: tf.Tensor): string =>
  `${tensor.dtype} [${tensor.shape.slice(1)}] ${bytesOf(tensor)?.divisor ?? ''}`;
