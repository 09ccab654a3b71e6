import * as tf from '@tensorflow/tfjs';

/** The geometry of a convolution. */
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

/**
 * Computes something of what each number of a filter meets.
 *
 * @param x pictures, `[samples, height, width, channels]`.
 * @param compute of the pixels that a place of the filter meets, `[samples, places down, places across,
 * channels]`.
 * @returns what `compute` gives, `[filter height, filter width, …]`.
 */
export function perFilterTap(
  x: tf.Tensor,
  { padInfo, filterHeight, filterWidth, strideHeight, strideWidth, ...info }: Convolution,
  compute: (met: tf.Tensor) => tf.Tensor,
): tf.Tensor {
  const { top, bottom, left, right } = padInfo;
  const padded = x.pad([
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]);
  const { batchSize, outHeight, outWidth, inChannels } = info;
  const [down, across] = [(outHeight - 1) * strideHeight + 1, (outWidth - 1) * strideWidth + 1];
  const all: tf.Tensor[] = [];
  for (let y = 0; y < filterHeight; y++) {
    for (let x = 0; x < filterWidth; x++) {
      const end = [batchSize, y + down, x + across, inChannels];
      const steps = [1, strideHeight, strideWidth, 1];
      all.push(tf.tidy(() => compute(padded.stridedSlice([0, y, x, 0], end, steps))));
    }
  }
  const [{ shape } = { shape: [] }] = all;
  return tf.stack(all).reshape([filterHeight, filterWidth, ...shape]);
}
