/** Height and width. */
export type Size = readonly [height: number, width: number];

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

export const area = ([height, width]: Size): number => height * width;
