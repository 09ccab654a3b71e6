import type * as tf from '@tensorflow/tfjs';
import { grouped } from '../format';
import { checkModel } from '../input/model';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { pixelWeights } from '../network/pixel-weights';
import { wrapped } from './captioned-grid';
import { COLORS, colorBar, DIVERGING } from './colors';
import { type Figure, figure } from './figure';
import { imageGrid } from './image-grid';
import { headOver } from './notes';
import type { Rgb } from './png';

/** Minimum pictures per row, and the height of a row in pixels, a compromise between wide screens and phones. */
const [COLUMNS, ROW] = [16, 38];
/** Letters per caption line on a phone. */
const LINE = 44;

/**
 * Shows the weights of each unit of the first dense layer as a picture with a weight per pixel. A bright pixel
 * excites the unit at orange weights, inhibits it at blue weights, and has no effect at white weights; a colour
 * bar explains the scale.
 *
 * @param model a model for pictures, `[null, height, width]`, with a dense layer that reads the pixels.
 * @throws RangeError if there is no such layer.
 * @example
 * unitWeights(model).text.split('\n')[0]; // 'The weights of the 128 hidden units, 28 × 28 each, drawn as pictures.'
 */
export function unitWeights(model: tf.LayersModel): Figure {
  checkModel(model, 'unitWeights(model)');
  const { size, units, weightsOf } = pixelWeights(model);
  const texts = messages().figures.unitWeights;
  const { top, layout } = headOver(wrapped(texts.caption, LINE), { l: 10, r: 10, b: 10 }, 74);
  // Arranges many units in a square.
  const columns = Math.min(units, Math.max(COLUMNS, Math.ceil(Math.sqrt(units))));
  const pictures = Array.from({ length: units }, (_, unit) => weightsOf(unit));
  const { data, axes } = weightPictures([pictures], size, columns);
  return figure(
    data,
    {
      ...axes,
      ...layout,
      height: top + 10 + Math.ceil((ROW * COLUMNS * Math.ceil(units / columns)) / columns),
    },
    `${texts.words(grouped(units), size.join(' × '))}\n${texts.caption}`,
  );
}

/** Number of colours from the most negative to the most positive weight; odd, so 0 is white. */
const STEPS = 17;
const LEVEL = (STEPS - 1) / 2;
/** Share of the weights within the colour scale; weights beyond it get the end colours. */
const WITHIN = 0.995;

/**
 * Arranges pictures of weights in rows, with a colour bar above, from blue (negative) over white (0) to orange.
 *
 * @param groups groups of pictures, `[height × width]` each, row by row; each group starts a new row.
 */
export function weightPictures(
  groups: readonly (readonly Float32Array[])[],
  [height, width]: readonly [number, number],
  columns: number,
) {
  const limit = limitOf(groups.flat());
  const toStep = (weight: number) =>
    LEVEL + Math.round(LEVEL * Math.max(-1, Math.min(1, weight / limit)));
  const blank = new Float32Array(height * width);
  // The last row of a group may end with blanks instead of units.
  const cells = groups.flatMap(group => {
    const length = columns * Math.ceil(group.length / columns);
    return Array.from({ length }, (_, unit) => ({ unit, weights: group[unit] }));
  });
  const pictures = cells.map(({ weights }) => Uint8Array.from(weights ?? blank, toStep));
  // The gap has its own colour, after the weights' colours.
  const palette = [...diverging(), [120, 120, 120] as const];
  const { trace, axes, corners } = imageGrid(pictures, [height, width], {
    ...{ columns, gap: 2, fill: STEPS, palette },
  });
  const { unit, weight } = messages().figures.unitWeights;
  const points = corners.flatMap(([x, y], i) => {
    const { unit, weights } = itemAt(cells, i);
    return weights ? [{ x: x + width / 2, y: y + height / 2, unit: String(unit) }] : [];
  });
  const scale = {
    // Invisible points show the unit under the pointer and provide the colour bar.
    ...{ type: 'scatter', mode: 'markers', showlegend: false, hovertemplate: unit },
    x: points.map(({ x }) => x),
    y: points.map(({ y }) => y),
    text: points.map(({ unit }) => unit),
    marker: {
      ...{ opacity: 0, color: points.map(() => 0), cmin: -limit, cmax: limit, showscale: true },
      colorscale: DIVERGING,
      colorbar: colorBar(weight, 'top', 320),
    },
  };
  return { data: [trace, scale], axes };
}

/** Returns a limit above most absolute weights, rounded for the colour bar and positive. */
function limitOf(pictures: readonly Float32Array[]): number {
  const sizes = Float32Array.from(
    pictures.flatMap(picture => Array.from(picture, Math.abs)),
  ).sort();
  const limit = itemAt(sizes, Math.floor(WITHIN * (sizes.length - 1)));
  return Number(limit.toPrecision(2)) || 1;
}

/** Returns the colours from blue over white to orange. */
const diverging = (): Rgb[] =>
  Array.from({ length: STEPS }, (_, step) => {
    const strength = Math.abs(step - LEVEL) / LEVEL;
    const end = Number.parseInt((step < LEVEL ? COLORS.blue : COLORS.orange).slice(1), 16);
    const tint = (value: number) => Math.round(255 + (value - 255) * strength);
    return [tint(end >> 16), tint((end >> 8) & 255), tint(end & 255)];
  });
