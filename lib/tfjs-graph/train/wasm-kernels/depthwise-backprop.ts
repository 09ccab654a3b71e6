import * as tf from '@tensorflow/tfjs';
import { type Compute, type Convolution, convolutionOf } from './kernel';

/** The gradient of the filters of a depthwise convolution, `[height, width, channels, multiplier]`. */
export const depthwiseBackpropFilter: Compute = ({ x, dy }, attrs) => {
  const [pictures, slopes] = [x as tf.Tensor, dy as tf.Tensor];
  const filterShape = attrs.filterShape as [number, number, number, number];
  const info = convolutionOf(pictures.shape, filterShape, attrs, true);
  const [, , channels, multiplier] = filterShape;
  const byChannel = slopes.reshape([-1, channels, multiplier]);
  return perFilterTap(pictures, info, met => met.reshape([-1, channels, 1]).mul(byChannel).sum(0));
};

/**
 * The gradient of the input of a depthwise convolution: that of the output, with gaps for the strides
 * and with margins, convolved with the filters turned by half a turn.
 */
export const depthwiseBackpropInput: Compute = ({ dy, filter }, attrs) => {
  const slopes = dy as tf.Tensor4D;
  const filters = filter as tf.Tensor4D;
  const inputShape = attrs.inputShape as [number, number, number, number];
  const info = convolutionOf(inputShape, filters.shape, attrs, true);
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo, ...rest } = info;
  const { batchSize, outHeight, outWidth, inHeight, inWidth, inChannels } = rest;
  const multiplier = filters.shape[3];
  const [high, wide] = [(outHeight - 1) * strideHeight + 1, (outWidth - 1) * strideWidth + 1];
  // A pixel, then as many zeros as a stride leaves out; those behind the last pixel are cut off.
  const spread = slopes
    .reshape([batchSize, outHeight, 1, outWidth, 1, inChannels * multiplier])
    .pad([
      [0, 0],
      [0, 0],
      [0, strideHeight - 1],
      [0, 0],
      [0, strideWidth - 1],
      [0, 0],
    ])
    .reshape([batchSize, outHeight * strideHeight, outWidth * strideWidth, -1])
    .slice([0, 0, 0, 0], [batchSize, high, wide, inChannels * multiplier]);
  const [top, left] = [filterHeight - 1 - padInfo.top, filterWidth - 1 - padInfo.left];
  const padded = spread
    .pad([
      [0, 0],
      [top, inHeight + filterHeight - 1 - top - high],
      [left, inWidth + filterWidth - 1 - left - wide],
      [0, 0],
    ])
    .reshape([batchSize, inHeight + filterHeight - 1, -1, inChannels, multiplier]);
  const turned = filters.reverse([0, 1]);
  const parts = Array.from({ length: multiplier }, (_, m) => {
    const own = tf.gather(padded, m, 4) as tf.Tensor4D;
    return own.depthwiseConv2d(turned.slice([0, 0, 0, m], [-1, -1, -1, 1]), 1, 'valid');
  });
  return tf.addN(parts);
};

/**
 * Computes something of what each number of a filter meets.
 *
 * @param x pictures, `[samples, height, width, channels]`.
 * @param compute of the pixels that a place of the filter meets, `[samples, places down, places across,
 * channels]`.
 * @returns what `compute` gives, `[filter height, filter width, …]`.
 */
function perFilterTap(
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
