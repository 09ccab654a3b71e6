import type * as tf from '@tensorflow/tfjs';
import type { Layout } from 'plotly.js';
import { cautiousPercent } from '../format';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { nudge as computeNudge, type Nudge } from '../network/nudge';
import {
  axisPair,
  bars,
  CLEAR_TICKS,
  COLORS,
  type Figure,
  figure,
  greyCells,
  inPlot,
  note,
  onAxes,
  pictureSides,
  roundedTo,
  rowsOf,
  swatch,
} from './figure';

/** Heights in pixels: the pictures, the heading between, the bars. */
const [PICTURES, BETWEEN, BARS] = [112, 80, 130];
const HEIGHT = PICTURES + BETWEEN + BARS;
const MARGIN = { l: 34, r: 12, t: 52, b: 30 };
/** Where the pictures begin, and how wide each is, in shares of the width. */
const [STARTS, WIDTH] = [[0, 0.35, 0.7], 0.3] as const;

/**
 * Moves the picture, not the weights: a picture, the small change along the gradient by pixel that turns
 * the network's answer, magnified, the changed picture, and the probabilities before and after. Orange
 * pixels become brighter, blue ones darker.
 *
 * @param model ends in a dense layer with softmax; what comes before may be anything.
 * @param x a single picture with its batch axis, `[1, height, width]`, float32, as the model takes it.
 * @param options.to the digit to turn it to; unless given, the one that takes the smallest change.
 * @throws what `digits.nudge` throws, which computes the change.
 * @example
 * nudge(model, xTest.slice(0, 1)).data.length; // 5
 */
export function nudge(
  model: tf.LayersModel,
  x: tf.Tensor,
  options: { readonly to?: number } = {},
): Figure {
  return drawNudge(computeNudge(model, x, options));
}

/** Draws what `digits.nudge` returns. */
export function drawNudge(found: Nudge): Figure {
  const { shape, pixels, change, largest, from, to, probabilities } = found;
  const texts = messages().figures.nudge;
  const greys = { zmin: Math.min(0, ...pixels.before), zmax: Math.max(1, ...pixels.before) };
  const heads = [texts.before(from), texts.change(format(1 / largest)), texts.after(to)];
  const percents = (p: Float32Array): [string, string] => [
    cautiousPercent(itemAt(p, from)),
    cautiousPercent(itemAt(p, to)),
  ];
  const { plain, blue } = COLORS;
  const lines = [
    texts.pBefore(from, to, ...percents(probabilities.before)),
    texts.pAfter(from, to, ...percents(probabilities.after)),
  ] as const;
  const key = lines.map((line, i) => `${swatch(i ? blue : plain)} ${line}`);
  return figure(
    [
      { ...greyCells(shape, pixels.before), ...greys },
      changeCells(found),
      { ...greyCells(shape, pixels.after), ...greys, ...onAxes(3) },
      bars(4, Array.from(probabilities.before, roundedTo(1e4)), plain),
      bars(4, Array.from(probabilities.after, roundedTo(1e4)), blue),
    ],
    {
      height: HEIGHT + MARGIN.t + MARGIN.b,
      margin: MARGIN,
      showlegend: false,
      bargap: 0.2,
      ...Object.assign({}, ...STARTS.map((start, i) => pictureAxes(i + 1, start))),
      ...axisPair(
        4,
        { dtick: 1, showgrid: false, tickangle: 0 },
        {
          ...{ ...CLEAR_TICKS, domain: [0, BARS / HEIGHT], range: [0, 1.02] },
          ...{ tickvals: [0, 0.5, 1], gridcolor: COLORS.grid },
        },
      ),
      annotations: [
        ...heads.map((lines, i) => heading(lines.join('<br>'), itemAt(STARTS, i), 1)),
        heading([texts.scale(format(largest)), ...key].join('<br>'), 0, BARS / HEIGHT),
      ],
    },
    [
      texts.title(from, to),
      texts.size(format(largest), format(found.total), format(ink(pixels.before))),
      texts.places(changed(change, 1), changed(change, -1)),
      ...lines,
    ].join('\n'),
  );
}

const heading = (text: string, x: number, y: number) =>
  note(text, { ...inPlot(x, 'left', y, 'bottom'), align: 'left', yshift: 6, font: { size: 13 } });

/** Writes a number with two digits, as 0.12 or 8.3, but a whole one in full. */
const format = (value: number): string =>
  value >= 10 ? value.toFixed(0) : String(Number(value.toPrecision(2)));

const ink = (pixels: Float32Array): number => pixels.reduce((sum, value) => sum + value, 0);

/** Counts the pixels that change one way by a tenth of the largest change or more. */
const changed = (change: Float32Array, sign: number): number => {
  const largest = Math.max(...change.map(Math.abs));
  return change.filter(value => value * sign >= largest / 10).length;
};

/** Rounds to what a figure keeps, which has no −0. */
const rounded = (value: number) => roundedTo(1e4)(value) + 0;

/** Draws the change on a scale of two directions, of which the largest change takes the end. */
const changeCells = ({ shape, change, largest }: Nudge): object => ({
  type: 'heatmap',
  z: rowsOf(Array.from(change, rounded), pictureSides(shape, change.length)[1]),
  colorscale: [
    [0, COLORS.blue],
    [0.5, 'white'],
    [1, COLORS.orange],
  ],
  ...{ zmin: -largest, zmax: largest, showscale: false },
  hovertemplate: '(%{y}, %{x}): %{z}<extra></extra>',
  ...onAxes(2),
});

const pictureAxes = (n: number, start: number): Partial<Layout> =>
  axisPair(
    n,
    {
      ...{ domain: [start, start + WIDTH], constrain: 'domain', constraintoward: 'left' },
      ...{ visible: false },
    },
    {
      ...{ domain: [1 - PICTURES / HEIGHT, 1], autorange: 'reversed', visible: false },
      ...{ scaleanchor: onAxes(n).xaxis, constrain: 'domain', constraintoward: 'top' },
    },
  );
