/** The loss along a single weight, and along a step of all weights. */
import type * as tf from '@tensorflow/tfjs';
import type { Annotations } from 'plotly.js';
import { grouped } from '../format';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { type Loss, type Point, pathByRate, RATE, steepestWeight } from '../network/loss-paths';
import { titled } from './axes';
import { COLORS } from './colors';
import type { Figure } from './figure';
import { note } from './notes';
import { paddedRange, roundedTo, signed } from './numbers';
import { type Plot, singlePlot } from './stack';

/**
 * Shows the loss along the last dense layer's weight with the steepest gradient: a valley with the current
 * point and its tangent. The weight is restored bit for bit.
 *
 * @param model a model with a dense layer, used by `loss`.
 * @param loss returns the loss as a tensor with one number.
 * @throws TypeError if `loss` is no such function, or its value is not finite.
 * @throws RangeError if the model has no dense layer.
 * @example
 * const labels = tf.oneHot(yTrain, 10);
 * const loss = () => model.apply(xTrain).log().mul(labels).sum(1).neg().mean();
 * valley(model, loss).data.length; // 3
 */
export function valley(model: tf.LayersModel, loss: Loss): Figure {
  const texts = messages().figures.valley;
  const weight = steepestWeight(model, loss);
  const { value, gradient, path } = weight;
  const current: Point = [value, weight.loss];
  const [first, last] = endsOf(path);
  const lowest = lowestOf(path);
  // The curve visibly falls and rises again.
  const isValley = Math.min(first[1], last[1]) > lowest[1] + 0.001;
  const slope = signed(roundedTo(1e3)(gradient), 3);
  const from = (weight.fromPixel ? texts.pixel : texts.unit)(weight.input);
  const half = 0.25 * (last[0] - first[0]);
  const tangent = [-half, half].map((by): Point => [value + by, weight.loss + gradient * by]);
  const dashed = { color: COLORS.quiet, width: 1.5, dash: 'dash' };
  return lossPlot(
    texts.head(from, weight.output, slope, isValley),
    texts.axis,
    path,
    [current],
    {
      over: [line(tangent, dashed)],
      notes: [wordsAt(current, gradient < 0 ? 'left' : 'right', texts.here)],
    },
    texts.words(...inWords(current), ...inWords(lowest)),
  );
}

/**
 * Shows the loss after a step of plain gradient descent, by learning rate: too large a step crosses the valley.
 * The rate 0.5 is marked. The variables are restored bit for bit.
 *
 * @param loss returns the loss as a tensor with one number.
 * @param grads the `grads` of `tf.variableGrads(loss)`, before a step is taken.
 * @throws TypeError if `loss` is no such function, its value is not finite, or `grads` are no gradients.
 * @example
 * const labels = tf.oneHot(yTrain, 10);
 * const loss = () => model.apply(xTrain).log().mul(labels).sum(1).neg().mean();
 * const { grads } = tf.variableGrads(loss);
 * learningRates(loss, grads).data.length; // 2
 */
export function learningRates(loss: Loss, grads: tf.NamedTensorMap): Figure {
  const texts = messages().figures.learningRates;
  const { before, after, parameters, path } = pathByRate(loss, grads);
  // Uses enough decimals to distinguish the values.
  const decimals = before.toFixed(2) === after.toFixed(2) ? 4 : 2;
  const [from, to] = [before, after].map(value => briefLoss(value, decimals)) as [string, string];
  const isLower = after < before;
  const [low, high] = lossRange(path, before);
  // Next to a falling curve, there is space above the points; for close points, below the second.
  const isClose = Math.abs(before - after) < 0.15 * (high - low);
  const [start, end]: [Point, Point] = [
    [0, before],
    [RATE, after],
  ];
  const arrow: Partial<Annotations> = {
    ...{ ax: start[0], ay: start[1], x: end[0], y: end[1], text: '', showarrow: true },
    ...{ arrowcolor: COLORS.ink, arrowwidth: 3, arrowhead: 2, arrowsize: 0.9, standoff: 6 },
  };
  const isShown = after <= high;
  const notes = [
    wordsAt(start, 'left', from),
    ...(isShown ? [arrow, wordsAt(end, isLower ? 'left' : 'right', to, isClose)] : []),
  ];
  return lossPlot(
    texts.head(grouped(parameters), RATE, from, to, isLower),
    texts.axis,
    path,
    isShown ? [start, end] : [start],
    { notes },
    texts.words(...inWords(lowestOf(path)), ...inWords(endsOf(path)[1])),
  );
}

const endsOf = (path: readonly Point[]) =>
  [itemAt(path, 0), itemAt(path, path.length - 1)] as const;

const lowestOf = (path: readonly Point[]): Point =>
  path.reduce((lowest, point) => (point[1] < lowest[1] ? point : lowest));

/** Draws a loss curve and points; the first point is the current loss. */
function lossPlot(
  heads: readonly string[],
  title: string,
  path: readonly Point[],
  points: readonly [Point, ...Point[]],
  { over = [], notes = [] }: { over?: readonly object[]; notes?: Plot['notes'] },
  words: string,
): Figure {
  return singlePlot(
    heads,
    {
      traces: [
        ...over,
        line(path, { color: COLORS.blue, width: 2.5 }),
        { ...line(points, {}), mode: 'markers', marker: { color: COLORS.ink, size: 11 } },
      ],
      x: { ...titled(title), zeroline: false },
      y: { ...titled(messages().figures.loss), range: lossRange(path, points[0][1]) },
      notes,
    },
    { height: 190 },
    [words],
  );
}

const line = (points: readonly Point[], line: object): object => ({
  ...{ type: 'scatter', mode: 'lines', line },
  x: points.map(([x]) => roundedTo(1e5)(x)),
  y: points.map(([, y]) => roundedTo(1e5)(y)),
  hovertemplate: '%{x}: %{y}<extra></extra>',
});

/** Returns the axis range of the losses. The current loss stays readable even if the losses diverge. */
function lossRange(path: readonly Point[], loss: number): [number, number] {
  const losses = path.map(([, loss]) => loss);
  const low = Math.min(loss, ...losses);
  const high = Math.min(Math.max(loss, ...losses), loss + 2 * Math.max(loss - low, 0.01));
  return paddedRange([low, Math.max(high, low + 0.01)], 0.15);
}

/** Writes text next to a point, above or below; `anchor` is the side of the text near the point. */
const wordsAt = ([x, y]: Point, anchor: 'left' | 'right', words: string, isBelow = false) =>
  note(words, {
    ...{ x, y, xanchor: anchor, xshift: anchor === 'left' ? 8 : -8 },
    ...(isBelow ? { yanchor: 'top', yshift: -4 } : { yanchor: 'bottom', yshift: 2 }),
  });

/**
 * Formats a loss. A probability rounded to 0 by float32 leads to an infinite logarithm, or NaN after
 * multiplying by 0.
 */
function briefLoss(loss: number, decimals = 2): string {
  if (!Number.isFinite(loss)) return '∞';
  return loss >= 1000 ? grouped(Math.round(loss)) : loss.toFixed(decimals);
}

const inWords = ([position, loss]: Point) =>
  [briefLoss(loss), Number(position.toPrecision(2))] as const;
