import { FLOAT, type Matrix } from './matrix';
import type { View } from './view';
import type { Size } from './window';

/**
 * Returns the patches that a window shows of a picture, one a row.
 *
 * @param pictures in the rows of a matrix, `[height × width × channels]`.
 * @param row of the picture.
 */
export function patchesOf(
  pictures: Matrix,
  row: number,
  width: number,
  channels: number,
  { size, strides, output }: { size: Size; strides: Size; output: Size },
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
