import type * as tf from '@tensorflow/tfjs';
import { grouped } from '../format';
import { checkModel } from '../input/model';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { COLORS, colorBar, type Figure, figure } from './figure';
import { imageGrid } from './image-grid';
import type { Rgb } from './png';

/** Steps from the most negative to the most positive weight; odd, so that 0 has one: white. */
const STEPS = 17;
const LEVEL = (STEPS - 1) / 2;
const COLUMNS = 12;
/** The share of the weights within the colour scale; the few beyond it take its last colours. */
const WITHIN = 0.995;

/**
 * Shows what each unit of the first dense layer looks for: its weights, one a pixel, as a picture.
 * A bright pixel excites the unit where it is orange, inhibits it where it is blue, and has no effect
 * where it is white: a scale of two directions, which its colour bar explains.
 *
 * @param model takes pictures, `[null, height, width]`, and has a dense layer that reads their pixels.
 * @throws RangeError if there is none.
 * @example
 * unitWeights(model).text; // 'The weights of the 128 hidden units, 28 × 28 each, drawn as pictures.'
 */
export function unitWeights(model: tf.LayersModel): Figure {
  checkModel(model, 'unitWeights(model)');
  const { weights, height, width, units } = pixelWeights(model);
  const limit = limitOf(weights);
  const toStep = (weight: number) =>
    LEVEL + Math.round(LEVEL * Math.max(-1, Math.min(1, weight / limit)));
  const pictures = Array.from({ length: units }, (_, unit) =>
    Array.from({ length: height * width }, (_, at) => toStep(itemAt(weights, at * units + unit))),
  );
  const columns = Math.min(COLUMNS, units);
  // The gap has a colour of its own, after those of the weights.
  const palette = [...diverging(), [120, 120, 120] as const];
  const { trace, axes, corners } = imageGrid(pictures, [height, width], {
    ...{ columns, gap: 2, fill: STEPS, palette },
  });
  const texts = messages().figures.unitWeights;
  return figure(
    [
      trace,
      {
        // Invisible: it says which unit the pointer is at, and brings the colour bar.
        type: 'scatter',
        mode: 'markers',
        x: corners.map(([x]) => x + width / 2),
        y: corners.map(([, y]) => y + height / 2),
        text: corners.map((_, unit) => String(unit)),
        hovertemplate: texts.unit,
        showlegend: false,
        marker: {
          opacity: 0,
          color: corners.map(() => 0),
          cmin: -limit,
          cmax: limit,
          colorscale: [
            [0, COLORS.blue],
            [0.5, 'white'],
            [1, COLORS.orange],
          ],
          showscale: true,
          colorbar: colorBar(texts.weight, 'top', 320),
        },
      },
    ],
    {
      ...axes,
      height: 72 + Math.min(440, 52 * Math.ceil(units / columns)),
      margin: { l: 10, r: 10, t: 62, b: 10 },
    },
    texts.words(grouped(units), `${height} × ${width}`),
  );
}

/** Finds the kernel, `[height × width, units]`, of the dense layer that reads the pixels. */
function pixelWeights(model: tf.LayersModel) {
  const [, height = null, width = null, ...more] = model.inputs[0]?.shape ?? [];
  const dense = model.layers.find(layer => layer.getClassName() === 'Dense');
  const kernel = dense?.getWeights()[0];
  const [inputs, units = 0] = kernel?.shape ?? [];
  if (kernel && height && width && !more.length && inputs === height * width) {
    return { weights: kernel.dataSync(), height, width, units };
  }
  throw new RangeError(messages().figures.unitWeights.noPixelWeights);
}

/** Finds the size that all but a few weights stay below, rounded for the colour bar; above 0. */
function limitOf(weights: ArrayLike<number>): number {
  const sizes = Float32Array.from(weights, Math.abs).sort();
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
