import type { Annotations } from 'plotly.js';
import { grouped } from '../format';
import { itemAt } from '../item-at';
import { messages } from '../language';
import type { OneStep } from '../network/one-step';
import {
  bars,
  COLORS,
  DIGIT_AXIS,
  type Figure,
  greyCells,
  note,
  PROBABILITY_AXES,
  paddedRange,
  picturePlot,
  requireResult,
  roundedTo,
  signed,
  swatch,
} from './figure';
import { type Row, stack } from './stack';

/**
 * Shows one step of learning: the probabilities of a picture beside its label, their difference, which
 * is the gradient of the logits, the loss along one weight as a valley, and the step of all parameters
 * with the loss before and after.
 *
 * @param step what `oneStep` returns.
 * @param options.parts which of these to show, 1 to 4; defaults to all.
 * @throws TypeError if `step` is something else.
 * @throws RangeError if `parts` names none.
 * @example
 * const step = digits.oneStep(model, xTrain.slice(0, 64), yTrain.slice(0, 64));
 * figures.oneStep(step).data.length; // 9
 * figures.oneStep(step, { parts: [1, 2] }).data.length; // 4
 */
export function oneStep(
  step: OneStep,
  { parts = [1, 2, 3, 4] }: { readonly parts?: readonly number[] } = {},
): Figure {
  const texts = messages().figures.oneStep;
  requireResult(step?.picture, 'oneStep');
  const shown = [picturePart, gradientPart, valleyPart, stepPart]
    .filter((_, i) => parts.includes(i + 1))
    .map(part => part(step));
  if (shown.length === 0) throw new RangeError(texts.noPart(JSON.stringify(parts)));
  return stack(
    shown,
    { l: 62, shift: -54, bargap: 0.25 },
    [
      texts.title,
      ...shown.map(({ heads: [lines] }) => messages().figures.inOneLine(lines)),
      ...shown.flatMap(({ words }) => words ?? []),
    ].join('\n'),
  );
}

/** A part of the figure of one step. */
interface Part extends Row {
  readonly heads: readonly [readonly string[]];
  /** What its curve shows, in words. */
  readonly words?: string;
}

/** The end of the picture and the start of the bars beside it, in shares of the width. */
const [PICTURE, BARS] = [0.2, 0.41];

function picturePart({ picture, samples }: OneStep): Part {
  const { shape, pixels, label, probabilities } = picture;
  const texts = messages().figures.oneStep;
  const p = itemAt(probabilities, label);
  const oneHot = Array.from(probabilities, (_, digit) => Number(digit === label));
  // A probability that float32 rounds to 0 is below e^−87.
  const surprise = p > 0 ? `= ${(-Math.log(p)).toFixed(2)}` : '> 87';
  const key = `${swatch(COLORS.blue)} ${texts.probability}　${swatch(COLORS.green)} ${texts.oneHot}`;
  return {
    heads: [texts.picture(samples, grouped(samples), label, briefProbability(p), surprise)],
    plots: [
      picturePlot(greyCells(shape, pixels), [0, PICTURE]),
      {
        traces: [
          bars(Array.from(probabilities, roundedTo(1e4)), COLORS.blue),
          bars(oneHot, COLORS.green),
        ],
        x: { ...PROBABILITY_AXES.x, domain: [BARS, 1] },
        y: { ...PROBABILITY_AXES.y, ...titled(texts.probabilityAxis), range: [0, 1.1] },
        key,
      },
    ],
    ...{ height: 110, over: 24, under: 34 },
  };
}

/** The arrow over the gradient of a logit says which way the step takes it. */
function gradientPart({ picture: { label, logitGradients }, samples }: OneStep): Part {
  const texts = messages().figures.oneStep;
  const gradients = Array.from(logitGradients, roundedTo(1e4));
  const colors = gradients.map(value => (value < 0 ? COLORS.green : COLORS.blue));
  // Room for a wrong answer that the network is sure of.
  const range = Math.max(...gradients) > 0.3 ? [-1.9, 1.6] : [-1.45, 0.65];
  const arrows = gradients.map(value => (value < 0 ? '↑' : value > 0.0005 ? '↓' : ''));
  return {
    heads: [texts.gradient(label, signed(itemAt(logitGradients, label)), samples)],
    plots: [
      {
        traces: [{ ...bars(gradients, colors, arrows, 17), constraintext: 'none' }],
        x: DIGIT_AXIS,
        y: { ...titled('p − y'), range, tickvals: [-1, 0, 1] },
      },
    ],
    ...{ height: 105, under: 38 },
  };
}

/** The step along the weight is too short to be drawn: words say which way it goes, and how far. */
function valleyPart({ loss, learningRate, weight }: OneStep): Part {
  const { value, gradient, curve, input, digit, fromPixel } = weight;
  const { losses, values } = curve;
  const texts = messages().figures.oneStep;
  const half = 0.25 * (itemAt(values, values.length - 1) - itemAt(values, 0));
  const from = (fromPixel ? texts.pixel : texts.unit)(input);
  // As it is said: whoever reckons finds the same.
  const slope = roundedTo(1e3)(gradient);
  const move = -learningRate * slope;
  const by = `${move > 0 ? '+' : '−'}${briefRate(Math.abs(move), 4)}`;
  const [side, words] = move > 0 ? (['left', `${by} →`] as const) : (['right', `← ${by}`] as const);
  const bottom = Math.min(...losses) + 0.001;
  // It is seen to fall and to rise again.
  const isValley = [losses[0], losses.at(-1)].every(end => Number(end) > bottom);
  const plot = lossPlot(texts.weightAxis, values, losses, [[value, loss]]);
  const tangent = [-half, half].map(by => [value + by, loss + gradient * by] as const);
  const dashed = { color: COLORS.quiet, width: 1.5, dash: 'dash' };
  const traces = [line(tangent, dashed), ...plot.traces];
  const notes = move === 0 ? [] : [beside([value, loss], side, texts.move(words))];
  return {
    heads: [texts.weight(from, digit, signed(slope, 3), isValley, learningRate, by)],
    plots: [{ ...plot, traces, notes }],
    ...ROOM,
  };
}

function stepPart({ loss, lossAfter, learningRate, parameters, path }: OneStep): Part {
  const texts = messages().figures.oneStep;
  // As many decimals as tell them apart.
  const decimals = loss.toFixed(2) === lossAfter.toFixed(2) ? 4 : 2;
  const [before, after] = [brief(loss, decimals), brief(lossAfter, decimals)];
  const { rates, losses } = path;
  const isLower = lossAfter < loss;
  const at = (i: number) => [brief(itemAt(losses, i)), briefRate(itemAt(rates, i))] as const;
  const [low, high] = lossRange(losses, loss);
  // Above the points there is room beside a falling curve; if they are close, below the second.
  const isClose = Math.abs(loss - lossAfter) < 0.15 * (high - low);
  const [start, end] = [[0, loss] as const, [learningRate, lossAfter] as const];
  const arrow: Partial<Annotations> = {
    ...{ ax: start[0], ay: start[1], x: end[0], y: end[1], text: '', showarrow: true },
    ...{ arrowcolor: COLORS.ink, arrowwidth: 3, arrowhead: 2, arrowsize: 0.9, standoff: 6 },
  };
  const notes = [
    beside(start, 'left', before),
    ...(lossAfter > high ? [] : [arrow, beside(end, isLower ? 'left' : 'right', after, isClose)]),
  ];
  return {
    heads: [texts.step(grouped(parameters), briefRate(learningRate, 3), before, after, isLower)],
    plots: [{ ...lossPlot(texts.rateAxis, rates, losses, [start, end]), notes }],
    ...ROOM,
    words: texts.path(...at(losses.indexOf(Math.min(...losses))), ...at(losses.length - 1)),
  };
}

type Point = readonly [x: number, y: number];

/** Heights of a curve of losses and of what lies below it, in pixels. */
const ROOM = { height: 150, under: 56 } as const;

/** Draws losses as a curve, and points on it, the first of which is the current loss. */
function lossPlot(
  title: string,
  x: readonly number[],
  losses: readonly number[],
  points: readonly [Point, ...Point[]],
) {
  const curve = x.map((value, i) => [value, itemAt(losses, i)] as const);
  return {
    traces: [
      line(curve, { color: COLORS.blue, width: 2.5 }),
      { ...line(points, {}), mode: 'markers', marker: { color: COLORS.ink, size: 11 } },
    ],
    x: { ...titled(title), zeroline: false },
    y: { ...titled(messages().figures.loss), range: lossRange(losses, points[0][1]) },
  };
}

const line = (points: readonly Point[], line: object): object => ({
  ...{ type: 'scatter', mode: 'lines', line },
  x: points.map(([x]) => roundedTo(1e5)(x)),
  y: points.map(([, y]) => roundedTo(1e5)(y)),
  hovertemplate: '%{x}: %{y}<extra></extra>',
});

const titled = (text: string) => ({ title: { text, standoff: 4, font: { size: 14 } } });

/** Finds the range of the losses; even if they grow beyond use, the current loss stays readable. */
function lossRange(losses: readonly number[], loss: number): [number, number] {
  const low = Math.min(loss, ...losses);
  const high = Math.min(Math.max(loss, ...losses), loss + 2 * Math.max(loss - low, 0.01));
  return paddedRange([low, Math.max(high, low + 0.01)], 0.15);
}

/** Writes words beside a point, and above or below it; `anchor` is the side of the words that is near it. */
const beside = ([x, y]: Point, anchor: 'left' | 'right', words: string, isBelow = false) =>
  note(words, {
    ...{ x, y, xanchor: anchor, xshift: anchor === 'left' ? 8 : -8 },
    ...(isBelow ? { yanchor: 'top', yshift: -4 } : { yanchor: 'bottom', yshift: 2 }),
  });

const brief = (loss: number, decimals = 2): string =>
  loss >= 1000 ? grouped(Math.round(loss)) : loss.toFixed(decimals);

const briefRate = (rate: number, digits = 2): number => Number(rate.toPrecision(digits));

/** Writes a probability in two decimals, or in four digits if these say 0 or 1, which it never is. */
const briefProbability = (p: number): string =>
  /^[01]\.00$/.test(p.toFixed(2)) && p > 0 ? String(Number(p.toPrecision(4))) : p.toFixed(2);
