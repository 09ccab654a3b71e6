/** Weights drawn as pictures, on a scale of two directions. */
import { itemAt } from '../item-at';
import { COLORS, colorBar } from './figure';
import { imageGrid } from './image-grid';
import type { Rgb } from './png';

/** Steps from the most negative to the most positive weight; odd, so that 0 has one: white. */
const STEPS = 17;
const LEVEL = (STEPS - 1) / 2;
/** The share of the weights within the colour scale; the few beyond it take its last colours. */
const WITHIN = 0.995;

const SCALE: [number, string][] = [
  [0, COLORS.blue],
  [0.5, 'white'],
  [1, COLORS.orange],
];

/** What explains weights: a scale from −`limit`, blue, over 0, white, to `limit`, orange. */
export interface WeightScale {
  readonly limit: number;
  readonly title: string;
  /** The words at the pointer, with `%{text}` for the name of a picture. */
  readonly hover: string;
}

/**
 * Lays pictures of weights out row by row.
 *
 * @param pictures each `[height × width]`, row after row.
 * @param names of the pictures, shown at the pointer; a picture without one stays white.
 */
export function weightPictures(
  pictures: readonly ArrayLike<number>[],
  [height, width]: readonly [number, number],
  columns: number,
  { limit, title, hover }: WeightScale,
  names: readonly string[],
) {
  const toStep = (weight: number) =>
    LEVEL + Math.round(LEVEL * Math.max(-1, Math.min(1, weight / limit)));
  const { trace, axes, corners, ...grid } = imageGrid(
    pictures.map(picture => Array.from(picture, toStep)),
    [height, width],
    // The gap has a colour of its own, after those of the weights.
    { columns, gap: 2, fill: STEPS, palette: [...diverging(), [120, 120, 120] as const] },
  );
  const scale = {
    // Invisible: it says which picture the pointer is at, and brings the colour bar.
    ...{ type: 'scatter', mode: 'markers', showlegend: false },
    x: corners.map(([x]) => x + width / 2),
    y: corners.map(([, y]) => y + height / 2),
    text: names,
    hovertemplate: hover,
    marker: {
      opacity: 0,
      color: corners.map(() => 0),
      ...{ cmin: -limit, cmax: limit, colorscale: SCALE, showscale: true },
      colorbar: colorBar(title, 'top', 320),
    },
  };
  return { data: [trace, scale], axes, height: grid.height };
}

/** Finds the size that all but a few weights stay below, rounded for the colour bar; above 0. */
export function limitOf(weights: ArrayLike<number>): number {
  const sizes = Float32Array.from(weights, Math.abs).sort();
  const limit = itemAt(sizes, Math.floor(WITHIN * (sizes.length - 1)));
  return Number(limit.toPrecision(2)) || 1;
}

/** Returns the most columns, of up to `most`, in which pictures fill whole rows, if that is half of them. */
export function columnsFor(count: number, most: number): number {
  if (count <= most) return Math.max(1, count);
  for (let columns = most; columns >= most / 2; columns--) {
    if (count % columns === 0) return columns;
  }
  return most;
}

/** Makes the colours of the steps: from blue over white to orange. */
const diverging = (): Rgb[] =>
  Array.from({ length: STEPS }, (_, step) => {
    const strength = Math.abs(step - LEVEL) / LEVEL;
    const end = Number.parseInt((step < LEVEL ? COLORS.blue : COLORS.orange).slice(1), 16);
    const tint = (value: number) => Math.round(255 + (value - 255) * strength);
    return [tint(end >> 16), tint((end >> 8) & 255), tint(end & 255)];
  });
