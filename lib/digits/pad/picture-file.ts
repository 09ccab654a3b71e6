/** Finds a digit in a picture: a photo of ink on paper, a scan, or a drawing from a screen. */
import { itemAt } from '../item-at';
import { blobsOf, digitAmong } from './blobs';
import { type Ink, PEN, SIDE } from './drawing';
import { type Box, boxAround, scaled } from './mnist-picture';

/** Canvas image data, row by row: red, green, blue and opacity, each 0 to 255. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: ArrayLike<number>;
}

/** A change or observation to report to the learner. */
type Remark = 'inverted' | 'thickened' | 'several' | 'cut';

/**
 * Finds the largest digit in a picture and draws the digit on the pad, white on black, with lines nearly as
 * thick as the pen's. The background may be light or dark, unevenly lit and grainy. Objects at the edges, such
 * as a table around the paper, are ignored.
 *
 * @param pixels best 200 to 500 per side. Transparent pixels count as white, or as black if nothing is visible
 * on white.
 * @returns ink of the pad's size with the digit in the middle, white on black; undefined for a blank picture.
 */
export function digitIn(pixels: Pixels): { ink: Ink; remarks: Remark[] } | undefined {
  for (const ground of [1, 0]) {
    const light = lightness(pixels, ground);
    const isLight = hasLightGround(light);
    const match = digitOn(light, isLight);
    if (!match) continue;
    const { ink, isThickened } = onPad(match.ink, boxAround(match.pixels, pixels.width));
    const remarks: Remark[] = [];
    if (isLight) remarks.push('inverted');
    if (isThickened) remarks.push('thickened');
    if (match.isOneOfSeveral) remarks.push('several');
    if (match.isCut) remarks.push('cut');
    return { ink, remarks };
  }
  return undefined;
}

/**
 * Returns whether the darkest pixel differs more from the median than the lightest. Ignores a margin, such as a
 * table.
 */
function hasLightGround({ width, height, grey }: Ink): boolean {
  const isInner = (i: number, size: number) => i > 0.1 * size && i < 0.9 * size;
  const inner = grey.filter(
    (_, i) => isInner(i % width, width) && isInner(Math.floor(i / width), height),
  );
  const most = quantile(inner, 0.5);
  return most - quantile(inner, 0.002) >= quantile(inner, 0.998) - most;
}

const quantile = (values: Float32Array, share: number): number =>
  itemAt(values.slice().sort(), Math.floor(share * (values.length - 1)));

/** Returns the lightness of each pixel, 0 to 1, averaged over nine pixels to reduce grain to a third. */
const lightness = ({ width, height, data }: Pixels, ground: number): Ink => {
  const part = (at: number) => itemAt(data, at) / 255;
  const raw = Float32Array.from({ length: width * height }, (_, i) => {
    const light = 0.3 * part(4 * i) + 0.59 * part(4 * i + 1) + 0.11 * part(4 * i + 2);
    return ground + (light - ground) * part(4 * i + 3);
  });
  const down = [-width, 0, width];
  const near = down.flatMap(row => [row - 1, row, row + 1]);
  const grey = raw.map((value, i) => {
    // Pixels in the first or last column have no horizontal neighbour on the other side.
    const steps = (i % width) % (width - 1) === 0 ? down : near;
    return steps.reduce((sum, by) => sum + (raw[i + by] ?? value), 0) / steps.length;
  });
  return { width, height, grey };
};

/** Minimum contrast of ink, as a share of the paper's light and as a multiple of the grain. */
const CONTRAST = 0.2;
const GRAINS = 4;

/** Minimum divisor for dark areas, because a share of little light is meaningless. */
const DARK = 0.25;

/** Finds the digit that is darker, or lighter, than the background. */
function digitOn({ width, height, grey }: Ink, isDarker: boolean) {
  const values = isDarker ? grey : grey.map(value => 1 - value);
  const paper = paperBelow({ width, height, grey: values });
  // A share of the paper's light, because ink in the shadow is as black as in the light.
  const depth = values.map((value, i) => {
    const light = itemAt(paper, i);
    return (light - value) / (isDarker ? Math.max(light, DARK) : 1);
  });
  // Nearly the maximum: a speck may be darker.
  const contrast = quantile(depth, 0.9995);
  if (contrast < Math.max(CONTRAST, GRAINS * quantile(depth, 0.5))) return undefined;
  const ink = depth.map(value => Math.min(1, Math.max(0, (value / contrast - 0.35) / 0.3)));
  const match = digitAmong(blobsOf({ width, height, grey: ink }), { width, height });
  if (!match) return undefined;
  const digitInk = new Float32Array(ink.length);
  for (const i of match.pixels) digitInk[i] = itemAt(ink, i);
  return { ...match, ink: { width, height, grey: digitInk } };
}

/**
 * Estimates the paper below the ink, by a maximum and then a minimum over a window wider than the ink. Shadows
 * and a table beyond the paper are wider than the window and stay. The picture is extended beyond the borders.
 */
function paperBelow({ width, height, grey }: Ink): Float32Array {
  const reach = Math.ceil(Math.max(width, height) / 14);
  const [margin, wide] = [2 * reach, width + 4 * reach];
  const within = (i: number, size: number) => Math.min(size - 1, Math.max(0, i - margin));
  const around = Float32Array.from({ length: wide * (height + 2 * margin) }, (_, i) =>
    itemAt(grey, within(Math.floor(i / wide), height) * width + within(i % wide, width)),
  );
  const filled = nearby(Math.min, nearby(Math.max, around, wide, reach), wide, reach);
  return grey.map((_, i) =>
    itemAt(filled, (Math.floor(i / width) + margin) * wide + (i % width) + margin),
  );
}

/** Replaces each pixel by the maximum or minimum of the surrounding square, in rows of `width`. */
function nearby(
  pick: (...values: number[]) => number,
  grey: Float32Array,
  width: number,
  radius: number,
): Float32Array {
  let result = grey;
  for (const along of [1, width]) {
    for (let reach = 0; reach < radius; ) {
      const [from, step] = [result, Math.min(2 * reach + 1, radius - reach)];
      result = from.map((value, i) =>
        pick(value, from[i - step * along] ?? value, from[i + step * along] ?? value),
      );
      reach += step;
    }
  }
  return result;
}

/** Longer side of the digit on the pad. */
const LARGE = 200;

/** Minimum line width in pad units; thinner lines would nearly vanish after scaling to 28 × 28. */
const THIN = (2 / 3) * PEN;

/** Scales the ink to the middle of the pad, and thickens thin lines. */
function onPad(match: Ink, box: Box): { ink: Ink; isThickened: boolean } {
  const zoom = LARGE / Math.max(box.width, box.height);
  const middle = [box.width, box.height].map(size => (SIDE - size * zoom) / 2);
  const grey = scaled(match, box, zoom, SIDE, middle as [number, number]);
  const sum = (values: Float32Array) => values.reduce((a, b) => a + b);
  // Twice the area divided by the length of the edge.
  const thick = (2 * sum(grey)) / (sum(grey) - sum(nearby(Math.min, grey, SIDE, 1)));
  const isThickened = thick < THIN;
  const by = Math.round((PEN - thick) / 2);
  const laid = isThickened ? nearby(Math.max, grey, SIDE, by) : grey;
  return { ink: { width: SIDE, height: SIDE, grey: laid }, isThickened };
}
