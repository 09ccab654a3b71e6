import * as tf from '@tensorflow/tfjs';
import { bytesOf, samplesOf } from './byte-tensor';

/** Samples read by a compiled step, `[samples, ...sample]`. Each training may replace the tensor. */
export class Column implements tf.TensorInfo {
  readonly dtype: tf.DataType;
  /** Shape with an unknown number of samples, -1. */
  readonly shape: number[];

  constructor(public tensor: tf.Tensor) {
    this.dtype = tensor.dtype;
    this.shape = [-1, ...tensor.shape.slice(1)];
  }

  get dataId(): tf.DataId {
    return this.tensor.dataId;
  }

  /** Returns a tensor of this kind without samples, to be disposed of by the caller. */
  empty(): tf.Tensor {
    return tf.tidy(() => samplesOf(this.tensor, 0, 0));
  }
}

/** Describes the kind of samples. A {@link Column} accepts any tensor of the same kind. */
export const kindOfSamples = (tensor: tf.Tensor): string =>
  `${tensor.dtype} [${tensor.shape.slice(1)}] ${bytesOf(tensor)?.divisor ?? ''}`;
