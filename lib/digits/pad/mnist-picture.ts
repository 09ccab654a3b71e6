/** Stores a drawing as MNIST's makers would have stored it. */
import { LEVELS } from '../drawn/line';
import { itemAt } from '../item-at';
import type { Ink } from './drawing';

/** The side of a picture of MNIST, in pixels. */
export const PICTURE = 28;

/** The side of the square that the digit fills, in pixels. */
const DIGIT = 20;

/** The pixel on which the centre of mass comes to lie, in both directions, counted from 0. */
export const CENTRE = 14;

/** A rectangle in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface MnistPicture {
  /** 28 × 28 whole numbers from 0, the background, to {@link LEVELS}, ink; row after row. */
  readonly levels: Uint8Array;
  /** The same in [0, 1], which the network reads: a byte of 17 × level, divided by 255. */
  readonly pixels: Float32Array;
  /** The rectangle around the ink in the drawing. */
  readonly from: Box;
  /** The same rectangle in the picture; one of its sides is 20. */
  readonly to: Box;
}

/**
 * Scales and centres a drawing as the pictures of MNIST are: the rectangle around the ink is scaled
 * to fit 20 × 20, its proportions kept, each new pixel the mean of what it covers; then it is placed
 * within 28 × 28, by whole pixels, so that its centre of mass lies on pixel (14, 14). Greys are rounded
 * to the sixteen that a line holds, so that what is seen, read and printed is the same.
 *
 * Source: http://yann.lecun.com/exdb/mnist/. That the pixel is the one numbered 14 was measured: the
 * centre of mass of MNIST's pictures lies within half a pixel of its middle.
 *
 * @returns undefined if there is no ink.
 */
export function mnistPicture(ink: Ink): MnistPicture | undefined {
  const places = inked(ink);
  if (places.length === 0) return undefined;
  const from = boxAround(places, ink.width);
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

/** Shares below this are rounding errors. */
const TINY = 1e-9;

/** Lists the pixels on which there is ink, by their places. */
export function inked({ grey }: Ink): number[] {
  const places: number[] = [];
  grey.forEach((value, i) => {
    if (value > 0) places.push(i);
  });
  return places;
}

/** Finds the rectangle around places in rows of `width`. */
export function boxAround(places: readonly number[], width: number): Box {
  let [left, right, top, bottom] = [width, 0, Number.POSITIVE_INFINITY, 0];
  for (const i of places) {
    const [x, y] = [i % width, Math.floor(i / width)];
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** Scales what lies in the box, and lays it on a square; a pixel is the mean of places within it. */
export function scaled(
  { width, grey }: Ink,
  box: Box,
  zoom: number,
  side: number,
  [left, top] = [0, 0],
): Float32Array {
  const places = zoom < 1 ? 8 : 3;
  return Float32Array.from({ length: side * side }, (_, i) => {
    let sum = 0;
    for (let place = 0; place < places ** 2; place++) {
      const right = (i % side) + ((place % places) + 0.5) / places;
      const down = Math.floor(i / side) + (Math.floor(place / places) + 0.5) / places;
      const [x, y] = [Math.floor((right - left) / zoom), Math.floor((down - top) / zoom)];
      if (x < 0 || y < 0 || x >= box.width || y >= box.height) continue;
      sum += itemAt(grey, (box.top + y) * width + box.left + x);
    }
    return sum / places ** 2;
  });
}

/** Finds the centre of mass, in pixels counted from 0. */
function centreOfMass(small: Float32Array): { x: number; y: number } {
  let [mass, x, y] = [0, 0, 0];
  small.forEach((grey, at) => {
    mass += grey;
    x += grey * (at % DIGIT);
    y += grey * Math.floor(at / DIGIT);
  });
  return { x: x / mass, y: y / mass };
}

/** Returns the start of `size` pixels, so that `centre` comes to the middle and none is lost. */
function placed(centre: number, size: number): number {
  // The centre of a symmetric digit lies between two pixels: round down, whatever the last bit is.
  const start = Math.round(CENTRE - centre - 1e-4);
  return Math.min(PICTURE - size, Math.max(0, start));
}
