/** Finds a digit in a picture: a photo of ink on paper, a scan, or one drawn on a screen. */
import { itemAt } from '../item-at';
import { blobsOf, digitAmong } from './blobs';
import { type Ink, PEN, SIDE } from './drawing';
import { boundingBox } from './mnist-picture';

/** A picture as a canvas holds it: row after row, red, green, blue and opacity, each 0 to 255. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: ArrayLike<number>;
}

/** Done to the picture, or noticed in it. */
export type Remark = 'inverted' | 'thickened' | 'several' | 'cut';

export interface FoundDigit {
  /** As large as the pad: the digit in its middle, white on black. */
  readonly ink: Ink;
  readonly remarks: readonly Remark[];
}

/**
 * Finds the largest digit in a picture and lays it on the pad, white on black, in lines not much
 * thinner than the pen's. The background may be light or dark, lit unevenly and grainy; what reaches
 * in from the edges, such as a table around the paper, is left out.
 *
 * @param pixels best 200 to 500 a side. What is transparent counts as white, or as black if nothing
 * is seen on white.
 * @returns undefined if there is nothing but background.
 */
export function digitIn(pixels: Pixels): FoundDigit | undefined {
  const { data } = pixels;
  const isOpaque = Array.prototype.every.call(data, (value, i) => i % 4 < 3 || value === 255);
  for (const ground of isOpaque ? [1] : [1, 0]) {
    const light = lightness(pixels, ground);
    const onLight = digitOn(light, true);
    const onDark = digitOn(light, false);
    // The wrong way round, what lies within and between the lines is found: smaller, or less clear.
    const isLight = onLight !== undefined && !(onDark && onDark.weight > onLight.weight);
    const found = isLight ? onLight : onDark;
    if (!found) continue;
    const { ink, isThickened } = onPad(found.ink);
    const remarks: Remark[] = [];
    if (isLight) remarks.push('inverted');
    if (isThickened) remarks.push('thickened');
    if (found.isOneOfSeveral) remarks.push('several');
    if (found.isCut) remarks.push('cut');
    return { ink, remarks };
  }
  return undefined;
}

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
  const rise = values.map((value, i) => itemAt(paper, i) - value);
  // As a share of the paper's light: ink in the shadow is as black as in the light.
  const depth = isDarker ? rise.map((value, i) => value / Math.max(itemAt(paper, i), DARK)) : rise;
  const sorted = depth.slice().sort();
  const quantile = (share: number) => itemAt(sorted, Math.floor(share * (sorted.length - 1)));
  // Nearly the most: a speck may be darker.
  const contrast = quantile(0.9995);
  if (contrast < Math.max(CONTRAST, GRAINS * quantile(0.5))) return undefined;
  const ink = depth.map(value => Math.min(1, Math.max(0, (value / contrast - 0.4) / 0.3)));
  const found = digitAmong(blobsOf({ width, height, grey: ink }), { width, height });
  if (!found) return undefined;
  const kept = new Float32Array(ink.length);
  for (const i of found.pixels) kept[i] = itemAt(ink, i);
  const strength = found.pixels.reduce((sum, i) => sum + itemAt(rise, i), 0) / found.pixels.length;
  return { ...found, weight: found.weight * strength, ink: { width, height, grey: kept } };
}

/**
 * Estimates the paper below the ink: each place begins as light as the lightest of the field that it is
 * in, and sinks to the lowest of its neighbours, but not below itself. So ink, narrower than a field, is
 * filled. A shadow stays, and so does a table beyond the paper's edge: fields at the rim are narrow.
 */
function paperBelow({ width, height, grey }: Ink): Float32Array {
  const side = Math.max(width, height);
  const [field, rim] = [Math.round(side / 4), Math.round(side / 40)];
  const part = (at: number, size: number) =>
    at < rim ? 0 : at >= size - rim ? 6 : 1 + Math.floor((at - rim) / field);
  const fieldOf = (i: number) => 7 * part(Math.floor(i / width), height) + part(i % width, width);
  const lightest = new Float32Array(49);
  grey.forEach((value, i) => {
    lightest[fieldOf(i)] = Math.max(value, itemAt(lightest, fieldOf(i)));
  });
  const paper = grey.map((_, i) => itemAt(lightest, fieldOf(i)));
  for (let isSinking = true; isSinking; ) {
    isSinking = false;
    for (const way of [1, -1]) {
      for (let n = 0; n < grey.length; n++) {
        const i = way > 0 ? n : grey.length - 1 - n;
        const isFirst = i % width === (way > 0 ? 0 : width - 1);
        const lowest = Math.min(isFirst ? 1 : itemAt(paper, i - way), paper[i - way * width] ?? 1);
        const level = Math.max(itemAt(grey, i), lowest);
        if (level >= itemAt(paper, i)) continue;
        paper[i] = level;
        isSinking = true;
      }
    }
  }
  return paper;
}

/** The longer side of the digit on the pad. */
const LARGE = 200;

/** Lines thinner than this, in units of the pad, would nearly vanish when they are scaled to 28 × 28. */
const THIN = (2 / 3) * PEN;

/** Scales the ink to the middle of the pad, and thickens thin lines. */
function onPad(found: Ink): { ink: Ink; isThickened: boolean } {
  const { width, grey } = found;
  const box = boundingBox(found) ?? { left: 0, top: 0, width: 1, height: 1 };
  const zoom = LARGE / Math.max(box.width, box.height);
  const [left, top] = [(SIDE - box.width * zoom) / 2, (SIDE - box.height * zoom) / 2];
  /** Takes the mean of nine places within a pixel of the pad. */
  const laid = Float32Array.from({ length: SIDE * SIDE }, (_, i) => {
    let sum = 0;
    for (let part = 0; part < 9; part++) {
      const x = Math.floor(((i % SIDE) + ((part % 3) + 0.5) / 3 - left) / zoom);
      const y = Math.floor((Math.floor(i / SIDE) + (Math.floor(part / 3) + 0.5) / 3 - top) / zoom);
      if (x < 0 || y < 0 || x >= box.width || y >= box.height) continue;
      sum += itemAt(grey, (box.top + y) * width + box.left + x);
    }
    return sum / 9;
  });
  const ink = { width: SIDE, height: SIDE, grey: laid };
  const thick = lineWidth(ink);
  return thick >= THIN
    ? { ink, isThickened: false }
    : { ink: { ...ink, grey: thickened(laid, (PEN - thick) / 2) }, isThickened: true };
}

/** Estimates how wide lines are: twice their area by the length of their edge. */
function lineWidth({ width, grey }: Ink): number {
  const isInk = (i: number) => (grey[i] ?? 0) > 0.5;
  let [area, edge] = [0, 0];
  for (let i = 0; i < grey.length; i++) {
    if (!isInk(i)) continue;
    area++;
    if (![i - 1, i + 1, i - width, i + width].every(isInk)) edge++;
  }
  return (2 * area) / Math.max(1, edge);
}

/** Gives each pixel the most ink within a radius. */
function thickened(grey: Float32Array, radius: number): Float32Array {
  const result = new Float32Array(grey.length);
  const reach = Math.ceil(radius);
  for (let i = 0; i < grey.length; i++) {
    const own = itemAt(grey, i);
    if (own === 0) continue;
    for (let dy = -reach; dy <= reach; dy++) {
      for (let dx = -reach; dx <= reach; dx++) {
        const share = own * Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(dx, dy)));
        const at = i + dy * SIDE + dx;
        if (share > (result[at] ?? 1)) result[at] = share;
      }
    }
  }
  return result;
}
