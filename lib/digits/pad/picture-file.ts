/** Finds a digit in a picture: a photo of ink on paper, a scan, or one drawn on a screen. */
import { itemAt } from '../item-at';
import { blobsOf, digitAmong } from './blobs';
import { type Ink, PEN, SIDE } from './drawing';
import { type Box, boxAround, scaled } from './mnist-picture';

/** A picture as a canvas holds it: row after row, red, green, blue and opacity, each 0 to 255. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: ArrayLike<number>;
}

/** Done to the picture, or noticed in it. */
type Remark = 'inverted' | 'thickened' | 'several' | 'cut';

/**
 * Finds the largest digit in a picture and lays it on the pad, white on black, in lines not much
 * thinner than the pen's. The background may be light or dark, lit unevenly and grainy; what reaches
 * in from the edges, such as a table around the paper, is left out.
 *
 * @param pixels best 200 to 500 a side. What is transparent counts as white, or as black if nothing
 * is seen on white.
 * @returns ink as large as the pad, the digit in its middle, white on black; undefined if there is nothing
 * but background.
 */
export function digitIn(pixels: Pixels): { ink: Ink; remarks: Remark[] } | undefined {
  for (const ground of [1, 0]) {
    const light = lightness(pixels, ground);
    const isLight = hasLightGround(light);
    const found = digitOn(light, isLight);
    if (!found) continue;
    const { ink, isThickened } = onPad(found.ink, boxAround(found.pixels, pixels.width));
    const remarks: Remark[] = [];
    if (isLight) remarks.push('inverted');
    if (isThickened) remarks.push('thickened');
    if (found.isOneOfSeveral) remarks.push('several');
    if (found.isCut) remarks.push('cut');
    return { ink, remarks };
  }
  return undefined;
}

/** Tells whether the darkest is farther from what is most there than the lightest; a table around is left out. */
function hasLightGround({ width, height, grey }: Ink): boolean {
  const isInner = (at: number, size: number) => at > 0.1 * size && at < 0.9 * size;
  const inner = grey.filter(
    (_, i) => isInner(i % width, width) && isInner(Math.floor(i / width), height),
  );
  const most = quantile(inner, 0.5);
  return most - quantile(inner, 0.002) >= quantile(inner, 0.998) - most;
}

const quantile = (values: Float32Array, share: number): number =>
  itemAt(values.slice().sort(), Math.floor(share * (values.length - 1)));

/** Returns how light each pixel is, 0 to 1: the mean of nine, which leaves a third of the grain. */
const lightness = ({ width, height, data }: Pixels, ground: number): Ink => {
  const own = Float32Array.from({ length: width * height }, (_, i) => {
    const part = (at: number) => itemAt(data, 4 * i + at) / 255;
    const light = 0.3 * part(0) + 0.59 * part(1) + 0.11 * part(2);
    return ground + (light - ground) * part(3);
  });
  const down = [-width, 0, width];
  const near = down.flatMap(row => [row - 1, row, row + 1]);
  const grey = own.map((value, i) => {
    // The first of a row has nothing before it, and the last nothing after.
    const steps = (i % width) % (width - 1) === 0 ? down : near;
    return steps.reduce((sum, by) => sum + (own[i + by] ?? value), 0) / steps.length;
  });
  return { width, height, grey };
};

/** Ink stands out from the paper by this share of its light at least, and by so many times its grain. */
const CONTRAST = 0.2;
const GRAINS = 4;

/** Light less than this is in the dark, where a share of it says nothing. */
const DARK = 0.25;

/** Finds the digit that is darker than what is around it, or lighter. */
function digitOn({ width, height, grey }: Ink, isDarker: boolean) {
  const values = isDarker ? grey : grey.map(value => 1 - value);
  const paper = paperBelow({ width, height, grey: values });
  // As a share of the paper's light: ink in the shadow is as black as in the light.
  const depth = values.map((value, i) => {
    const light = itemAt(paper, i);
    return (light - value) / (isDarker ? Math.max(light, DARK) : 1);
  });
  // Nearly the most: a speck may be darker.
  const contrast = quantile(depth, 0.9995);
  if (contrast < Math.max(CONTRAST, GRAINS * quantile(depth, 0.5))) return undefined;
  const ink = depth.map(value => Math.min(1, Math.max(0, (value / contrast - 0.35) / 0.3)));
  const found = digitAmong(blobsOf({ width, height, grey: ink }), { width, height });
  if (!found) return undefined;
  const kept = new Float32Array(ink.length);
  for (const i of found.pixels) kept[i] = itemAt(ink, i);
  return { ...found, ink: { width, height, grey: kept } };
}

/**
 * Estimates the paper below the ink, which is narrower than a window and is filled from around it: the
 * most in the window, then the least of that. A shadow stays, being wider, and so does a table beyond the
 * paper's edge, as the picture is thought to go on beyond its rim.
 */
function paperBelow({ width, height, grey }: Ink): Float32Array {
  const reach = Math.ceil(Math.max(width, height) / 14);
  const [margin, wide] = [2 * reach, width + 4 * reach];
  const within = (at: number, size: number) => Math.min(size - 1, Math.max(0, at - margin));
  const around = Float32Array.from({ length: wide * (height + 2 * margin) }, (_, i) =>
    itemAt(grey, within(Math.floor(i / wide), height) * width + within(i % wide, width)),
  );
  const filled = nearby(Math.min, nearby(Math.max, around, wide, reach), wide, reach);
  return grey.map((_, i) =>
    itemAt(filled, (Math.floor(i / width) + margin) * wide + (i % width) + margin),
  );
}

/** Gives each pixel the most, or the least, of the square around it, in rows of `width`. */
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

/** The longer side of the digit on the pad. */
const LARGE = 200;

/** Lines thinner than this, in units of the pad, would nearly vanish when they are scaled to 28 × 28. */
const THIN = (2 / 3) * PEN;

/** Scales the ink to the middle of the pad, and thickens thin lines. */
function onPad(found: Ink, box: Box): { ink: Ink; isThickened: boolean } {
  const zoom = LARGE / Math.max(box.width, box.height);
  const middle = [box.width, box.height].map(size => (SIDE - size * zoom) / 2);
  const grey = scaled(found, box, zoom, SIDE, middle as [number, number]);
  const sum = (values: Float32Array) => values.reduce((a, b) => a + b);
  // Twice the area by the length of the edge.
  const thick = (2 * sum(grey)) / (sum(grey) - sum(nearby(Math.min, grey, SIDE, 1)));
  const isThickened = thick < THIN;
  const by = Math.round((PEN - thick) / 2);
  const laid = isThickened ? nearby(Math.max, grey, SIDE, by) : grey;
  return { ink: { width: SIDE, height: SIDE, grey: laid }, isThickened };
}
