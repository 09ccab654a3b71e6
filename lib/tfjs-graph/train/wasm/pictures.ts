/** Pictures, `[height × width × channels]` in the rows of matrices, and windows that move over them. */
import * as tf from '@tensorflow/tfjs';
import { FLOAT, type Matrix, type Memory, type View } from './memory';

export type Size = readonly [height: number, width: number];

export const area = ([height, width]: Size): number => height * width;

/** A window that moves over a picture, as that of a convolution or of pooling. */
export interface Window {
  readonly input: Size;
  readonly size: Size;
  readonly strides: Size;
  /** Places of the window. */
  readonly output: Size;
  /** Rows above the picture and columns to its left that the window reaches. */
  readonly before: Size;
  /** The same on all sides together. */
  readonly around: Size;
}

/** How a window moves, as the attributes of TensorFlow.js's kernels say it. */
export interface Moves {
  readonly strides: Size | number;
  readonly pad: 'same' | 'valid' | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/**
 * Lays a window over pictures, as TensorFlow.js does.
 *
 * @param shape of the pictures, `[samples, height, width, channels]`.
 */
export function windowOn(
  shape: readonly number[],
  size: Size | number,
  { strides, pad, dimRoundingMode }: Moves,
): Window {
  const { padInfo, ...info } = tf.backend_util.computePool2DInfo(
    shape as [number, number, number, number],
    size as [number, number],
    strides as [number, number],
    1,
    pad,
    dimRoundingMode,
  );
  const { top, bottom, left, right } = padInfo;
  return {
    input: [info.inHeight, info.inWidth],
    size: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    output: [info.outHeight, info.outWidth],
    before: [top, left],
    around: [top + bottom, left + right],
  };
}

/**
 * Returns the patches that a window shows of a picture, one a row.
 *
 * @param row of the picture.
 */
export function patchesOf(
  pictures: Matrix,
  row: number,
  width: number,
  channels: number,
  { size, strides, output }: Pick<Window, 'size' | 'strides' | 'output'>,
): View {
  return {
    address: pictures.address + row * pictures.rowStride * FLOAT,
    rows: {
      inner: output[1],
      stride: strides[1] * channels,
      outer: output[0],
      outerStride: strides[0] * width * channels,
    },
    columns: {
      inner: size[1] * channels,
      stride: 1,
      outer: size[0],
      outerStride: width * channels,
    },
  };
}

interface Spread {
  readonly from: Size;
  readonly to: Size;
  /** The place of their upper left corner. */
  readonly corner: Size;
  /** From a pixel to the next, down and to the right. */
  readonly strides: Size;
  readonly channels: number;
}

/** Larger pictures that hold the pixels of others, with zeros between and around them. */
export class SpreadPictures {
  readonly pictures: Matrix;

  constructor(
    memory: Memory,
    count: number,
    private readonly spread: Spread,
  ) {
    this.pictures = memory.samples(count, area(spread.to) * spread.channels);
  }

  copy(from: Matrix, row: number, picture: number): void {
    const { from: size, to, corner, strides, channels } = this.spread;
    const memory = new Float32Array(from.values.buffer);
    const width = size[1] * channels;
    const stride = strides[1] * channels;
    let source = from.address / FLOAT + row * from.rowStride;
    const { address, rowStride } = this.pictures;
    const first = address / FLOAT + picture * rowStride;
    for (let y = 0; y < size[0]; y++) {
      let target = first + ((corner[0] + y * strides[0]) * to[1] + corner[1]) * channels;
      if (strides[1] === 1) {
        memory.copyWithin(target, source, source + width);
      } else {
        for (let x = 0; x < width; x += channels) {
          memory.copyWithin(target, source + x, source + x + channels);
          target += stride;
        }
      }
      source += width;
    }
  }
}

/** Makes room for pictures with the margins that a window reaches into; undefined if it stays within them. */
export function paddedPictures(
  memory: Memory,
  count: number,
  { input, around, before }: Window,
  channels: number,
): SpreadPictures | undefined {
  if (around[0] + around[1] === 0) return undefined;
  return new SpreadPictures(memory, count, {
    from: input,
    to: [input[0] + around[0], input[1] + around[1]],
    corner: before,
    strides: [1, 1],
    channels,
  });
}
