/** Converts a drawing to MNIST's picture format. */
import { LEVELS } from '../drawn/line';
import { itemAt } from '../item-at';
import type { Ink } from './drawing';

/** Side of an MNIST picture, in pixels. */
export const PICTURE = 28;

/** Side of the digit's bounding square, in pixels. */
const DIGIT = 20;

/** Row and column of the centre of mass, counted from 0. */
export const CENTRE = 14;

/** A rectangle in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface MnistPicture {
  /** 28 × 28 integers from 0 (background) to {@link LEVELS} (ink), row by row. */
  readonly levels: Uint8Array;
  /** The network's input in [0, 1]: a byte of 17 × level, divided by 255. */
  readonly pixels: Float32Array;
  /** Bounding box of the ink in the drawing. */
  readonly from: Box;
  /** The same box in the picture; the longer side is 20. */
  readonly to: Box;
}

/**
 * Scales and centres a drawing like MNIST's pictures. The bounding box of the ink is scaled to fit 20 × 20 with
 * unchanged proportions, averaging the covered area of each pixel. The digit is then moved within 28 × 28, by
 * whole pixels, to put the centre of mass on pixel (14, 14). Greys are rounded to the sixteen levels of the
 * text format, so display, network and text use the same values.
 *
 * Source: http://yann.lecun.com/exdb/mnist/. Pixel number 14 was measured: the centre of mass of MNIST's
 * pictures lies within half a pixel of the middle of pixel 14.
 *
 * @returns undefined if there is no ink.
 */
export function mnistPicture(ink: Ink): MnistPicture | undefined {
  const indices = inked(ink);
  if (indices.length === 0) return undefined;
  const from = boxAround(indices, ink.width);
  const scale = DIGIT / Math.max(from.width, from.height);
  const small = scaled(ink, from, scale, DIGIT);
  const size = { width: from.width * scale, height: from.height * scale };
  const centre = centreOfMass(small);
  const left = placed(centre.x, Math.ceil(size.width - TINY));
  const top = placed(centre.y, Math.ceil(size.height - TINY));

  const levels = new Uint8Array(PICTURE * PICTURE);
  small.forEach((grey, i) => {
    const level = Math.round(LEVELS * Math.min(1, grey));
    if (level > 0) levels[(top + Math.floor(i / DIGIT)) * PICTURE + left + (i % DIGIT)] = level;
  });
  const pixels = Float32Array.from(levels, level => level / LEVELS);
  return { levels, pixels, from, to: { left, top, ...size } };
}

/** Tolerance for rounding errors. */
const TINY = 1e-9;

/** Lists the indices of pixels with ink. */
export function inked({ grey }: Ink): number[] {
  const indices: number[] = [];
  grey.forEach((value, i) => {
    if (value > 0) indices.push(i);
  });
  return indices;
}

/** Returns the bounding box of pixel indices in rows of `width`. */
export function boxAround(indices: readonly number[], width: number): Box {
  let [left, right, top, bottom] = [width, 0, Number.POSITIVE_INFINITY, 0];
  for (const i of indices) {
    const [x, y] = [i % width, Math.floor(i / width)];
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** Scales the content of the box onto a square; averages several sample points per pixel. */
export function scaled(
  { width, grey }: Ink,
  box: Box,
  zoom: number,
  side: number,
  [left, top] = [0, 0],
): Float32Array {
  const points = zoom < 1 ? 8 : 3;
  return Float32Array.from({ length: side * side }, (_, i) => {
    let sum = 0;
    for (let point = 0; point < points ** 2; point++) {
      const right = (i % side) + ((point % points) + 0.5) / points;
      const down = Math.floor(i / side) + (Math.floor(point / points) + 0.5) / points;
      const [x, y] = [Math.floor((right - left) / zoom), Math.floor((down - top) / zoom)];
      if (x < 0 || y < 0 || x >= box.width || y >= box.height) continue;
      sum += itemAt(grey, (box.top + y) * width + box.left + x);
    }
    return sum / points ** 2;
  });
}

/** Returns the centre of mass, in pixels counted from 0. */
function centreOfMass(small: Float32Array): { x: number; y: number } {
  let [mass, x, y] = [0, 0, 0];
  small.forEach((grey, i) => {
    mass += grey;
    x += grey * (i % DIGIT);
    y += grey * Math.floor(i / DIGIT);
  });
  return { x: x / mass, y: y / mass };
}

/** Returns the offset that centres `size` pixels without cutting off any. */
function placed(centre: number, size: number): number {
  // The centre of a symmetric digit lies between two pixels: always round down, regardless of rounding errors.
  const start = Math.round(CENTRE - centre - 1e-4);
  return Math.min(PICTURE - size, Math.max(0, start));
}
