import type * as tf from '@tensorflow/tfjs';
import type { Data } from 'plotly.js';
import { grouped } from '../format';
import { checkModel } from '../input/ready';
import { itemAt } from '../item-at';
import { text } from '../language';
import { COLORS, type Figure, figure } from './figure';
import type { Rgb } from './png';
import { sheet, sheetAxes, sheetTrace } from './sheet';

/** Steps from the most negative to the most positive weight; odd, so that 0 has one: white. */
const STEPS = 17;
/** Units a row. */
const COLUMNS = 12;
/** The share of the weights within the colour scale; the few beyond it take its last colours. */
const WITHIN = 0.995;

/**
 * Shows what each unit of the first dense layer looks for: its weights, one a pixel, as a picture.
 * A bright pixel excites the unit where it is orange, inhibits it where it is blue, and has no effect where
 * it is white: a scale of two directions, which its colour bar explains.
 *
 * @param model takes pictures, `[null, height, width]`, and has a dense layer that reads their pixels.
 * @throws RangeError where there is none.
 * @example
 * unitWeights(model).text; // 'The weights of the 128 hidden units, 28 × 28 each, drawn as pictures.'
 */
export function unitWeights(model: tf.LayersModel): Figure {
  checkModel(model, 'unitWeights(model)');
  const { weights, height, width, units } = pixelWeights(model);
  const limit = limitOf(weights);
  const level = (STEPS - 1) / 2;
  const toStep = (weight: number) =>
    level + Math.round(level * Math.max(-1, Math.min(1, weight / limit)));
  const pictures = Array.from({ length: units }, (_, unit) =>
    Array.from({ length: height * width }, (_, at) => toStep(itemAt(weights, at * units + unit))),
  );
  const columns = Math.min(COLUMNS, units);
  // The gap has a colour of its own, after those of the weights.
  const page = sheet(pictures, [height, width], { columns, gap: 2, fill: STEPS });
  const hover = page.corners.map(([x, y]) => [x + width / 2, y + height / 2] as const);
  return figure(
    [
      sheetTrace(page, [...diverging(), [120, 120, 120]]),
      {
        // Invisible: it says which unit the pointer is at, and brings the colour bar.
        type: 'scatter',
        mode: 'markers',
        x: hover.map(([x]) => x),
        y: hover.map(([, y]) => y),
        text: hover.map((_, unit) => String(unit)),
        hovertemplate: `${text({ zh: '神经元 %{text}', en: 'unit %{text}' })}<extra></extra>`,
        showlegend: false,
        marker: {
          opacity: 0,
          color: hover.map(() => 0),
          cmin: -limit,
          cmax: limit,
          colorscale: [
            [0, COLORS.blue],
            [0.5, 'white'],
            [1, COLORS.orange],
          ],
          showscale: true,
          colorbar: {
            title: { text: text({ zh: '权重', en: 'weight' }), side: 'top' },
            orientation: 'h',
            thickness: 12,
            lenmode: 'pixels',
            len: 320,
            y: 1,
            yanchor: 'bottom',
          },
        },
      } as Data,
    ],
    {
      ...sheetAxes(page),
      height: 72 + Math.min(440, 52 * Math.ceil(units / columns)),
      margin: { l: 10, r: 10, t: 62, b: 10 },
    },
    text({
      zh: `${grouped(units)} 个神经元，每个的 ${height} × ${width} 个权重画成一张图。`,
      en: `The weights of the ${grouped(units)} hidden units, ${height} × ${width} each, drawn as pictures.`,
    }),
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
  throw new RangeError(
    text({
      zh: '应当是以图片为输入的模型，其第一个 Dense 层的每个神经元对每个像素有一个权重；这个模型不是。请传入第 5 阶段那样的模型：Flatten 之后就是 Dense。',
      en: 'Expected a model of pictures whose first Dense layer has a weight for each pixel, but this one has none. Pass a model such as that of stage 5: a Flatten, then a Dense layer.',
    }),
  );
}

/** Finds the size that all but a few weights stay below, rounded for the colour bar; above 0. */
function limitOf(weights: ArrayLike<number>): number {
  const sizes = Float32Array.from(weights, Math.abs).sort();
  const limit = itemAt(sizes, Math.floor(WITHIN * (sizes.length - 1)));
  return Number(limit.toPrecision(2)) || 1;
}

/** Makes the colours of the steps: from blue over white to orange. */
function diverging(): Rgb[] {
  const level = (STEPS - 1) / 2;
  return Array.from({ length: STEPS }, (_, step) => {
    const strength = Math.abs(step - level) / level;
    const end = Number.parseInt((step < level ? COLORS.blue : COLORS.orange).slice(1), 16);
    const tint = (value: number) => Math.round(255 + (value - 255) * strength);
    return [tint(end >> 16), tint((end >> 8) & 255), tint(end & 255)];
  });
}
