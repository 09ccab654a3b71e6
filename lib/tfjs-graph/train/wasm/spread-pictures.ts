import { FLOAT, type Matrix } from './matrix';
import type { Memory } from './memory';
import { area, type Size, type Window } from './window';

/** How pictures lie in larger ones. */
export interface Spread {
  readonly from: Size;
  readonly to: Size;
  /** Where their upper left corner comes. */
  readonly corner: Size;
  /** From a pixel to the next, down and to the right. */
  readonly strides: Size;
  /** Numbers a pixel. */
  readonly channels: number;
}

/** Larger pictures, in which the pixels of others lie; all between and around them is 0. */
export class SpreadPictures {
  /** `[pictures, height × width × channels]`. */
  readonly pictures: Matrix;

  constructor(
    memory: Memory,
    count: number,
    private readonly spread: Spread,
  ) {
    this.pictures = memory.samples(count, area(spread.to) * spread.channels);
  }

  /** Copies a picture, which lies in a row of a matrix, to one of these. */
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

/** Makes room for pictures with the margins that a window reaches into; none where it stays within them. */
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
