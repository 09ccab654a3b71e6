import * as tf from '@tensorflow/tfjs';

/** An operation written by others: its inputs by their names, and its attributes. */
export type Compute = (
  inputs: Readonly<Record<string, tf.Tensor>>,
  attrs: Readonly<Record<string, unknown>>,
) => tf.Tensor;

export type Convolution = tf.backend_util.Conv2DInfo;

/** Reads the attributes of a convolution on pictures with channels last. */
export function convolutionOf(
  inputShape: readonly number[],
  filterShape: readonly number[],
  attrs: Readonly<Record<string, unknown>>,
  depthwise: boolean,
): Convolution {
  const { strides, pad, dimRoundingMode } = attrs as {
    strides: number | [number, number];
    pad: 'valid' | 'same' | number;
    dimRoundingMode?: 'floor' | 'round' | 'ceil';
  };
  return tf.backend_util.computeConv2DInfo(
    inputShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    strides,
    1,
    pad,
    dimRoundingMode,
    depthwise,
  );
}
