/** Pictures, `[height × width × channels]` in the rows of matrices, and windows that move over them. */
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

/**
 * Lays a window over pictures, as TensorFlow does: with `valid` it stays within them, with `same` its
 * centre reaches each row and column, but for the strides.
 */
export function windowOn(
  input: Size,
  size: Size,
  strides: Size,
  padding: 'same' | 'valid',
): Window {
  const isSame = padding === 'same';
  const along = (axis: 0 | 1) => {
    const [length, own, stride] = [input[axis], size[axis], strides[axis]];
    const places = isSame ? Math.ceil(length / stride) : Math.floor((length - own) / stride) + 1;
    const around = isSame ? Math.max(0, (places - 1) * stride + own - length) : 0;
    return { places, around, before: Math.floor(around / 2) };
  };
  const [y, x] = [along(0), along(1)];
  return {
    input,
    size,
    strides,
    output: [y.places, x.places],
    before: [y.before, x.before],
    around: [y.around, x.around],
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
