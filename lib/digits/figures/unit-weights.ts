import type * as tf from '@tensorflow/tfjs';
import { grouped } from '../format';
import { checkModel } from '../input/model';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { pixelWeights } from '../network/pixel-weights';
import { wrapped } from './captioned-grid';
import { COLORS, colorBar, DIVERGING, type Figure, figure, headOver } from './figure';
import { imageGrid } from './image-grid';
import type { Rgb } from './png';

/** Pictures a row at least, and how high a row is, in pixels: large enough on a wide screen, with little blank below on a phone. */
const [COLUMNS, ROW] = [16, 38];
/** Letters of the caption that fit into a line on a phone. */
const LINE = 44;

/**
 * Shows what each unit of the first dense layer looks for: its weights, one a pixel, as a picture.
 * A bright pixel excites the unit where it is orange, inhibits it where it is blue, and has no effect
 * where it is white: a scale of two directions, which its colour bar explains.
 *
 * @param model takes pictures, `[null, height, width]`, and has a dense layer that reads their pixels.
 * @throws RangeError if there is none.
 * @example
 * unitWeights(model).text.split('\n')[0]; // 'The weights of the 128 hidden units, 28 × 28 each, drawn as pictures.'
 */
export function unitWeights(model: tf.LayersModel): Figure {
  checkModel(model, 'unitWeights(model)');
  const { size, units, weightsOf } = pixelWeights(model);
  const texts = messages().figures.unitWeights;
  const { top, layout } = headOver(wrapped(texts.caption, LINE), { l: 10, r: 10, b: 10 }, 74);
  // Of many units a square, not a tower.
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

/** Steps from the most negative to the most positive weight; odd, so that 0 has one: white. */
const STEPS = 17;
const LEVEL = (STEPS - 1) / 2;
/** The share of the weights within the colour scale; the few beyond it take its last colours. */
const WITHIN = 0.995;

/**
 * Lays pictures of weights out row by row, with a colour bar above: from blue, negative, over white, 0, to
 * orange.
 *
 * @param groups of pictures, `[height × width]` each, row after row; a group begins a row of its own.
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
  const whole = groups.map(group => {
    const length = columns * Math.ceil(group.length / columns);
    return Array.from({ length }, (_, unit) => Uint8Array.from(group[unit] ?? blank, toStep));
  });
  // The gap has a colour of its own, after those of the weights.
  const palette = [...diverging(), [120, 120, 120] as const];
  const { trace, axes, corners } = imageGrid(whole.flat(), [height, width], {
    ...{ columns, gap: 2, fill: STEPS, palette },
  });
  const { unit, weight } = messages().figures.unitWeights;
  // The last row of a group may end in blanks, which are no units.
  const units = whole.flatMap((group, i) =>
    group.map((_, unit) => unit in itemAt(groups, i) && unit),
  );
  const points = corners.flatMap(([x, y], i) =>
    units[i] === false ? [] : [{ x: x + width / 2, y: y + height / 2, unit: String(units[i]) }],
  );
  const scale = {
    // Invisible: it says which unit the pointer is at, and brings the colour bar.
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

/** Finds the size that all but a few weights stay below, rounded for the colour bar; above 0. */
function limitOf(pictures: readonly Float32Array[]): number {
  const sizes = Float32Array.from(
    pictures.flatMap(picture => Array.from(picture, Math.abs)),
  ).sort();
  const limit = itemAt(sizes, Math.floor(WITHIN * (sizes.length - 1)));
  return Number(limit.toPrecision(2)) || 1;
}

/** Makes the colours of the steps: from blue over white to orange. */
const diverging = (): Rgb[] =>
  Array.from({ length: STEPS }, (_, step) => {
    const strength = Math.abs(step - LEVEL) / LEVEL;
    const end = Number.parseInt((step < LEVEL ? COLORS.blue : COLORS.orange).slice(1), 16);
    const tint = (value: number) => Math.round(255 + (value - 255) * strength);
    return [tint(end >> 16), tint((end >> 8) & 255), tint(end & 255)];
  });
