import type { Annotations, LayoutAxis } from 'plotly.js';
import { grouped } from '../format';
import { itemAt } from '../item-at';
import { messages } from '../language';
import type { OneStep } from '../network/one-step';
import {
  above,
  axisPair,
  bars,
  COLORS,
  DIGIT_AXIS,
  greyCells,
  note,
  onAxes,
  paddedRange,
  pictureAxes,
  roundedTo,
  signed,
  swatch,
} from './figure';
import type { Row } from './stack';

/** A part of the figure of one step. */
export interface Part extends Row {
  readonly heads: readonly [readonly string[]];
  /** What its curve shows, in words. */
  readonly words?: string;
}

/** The end of the picture and the start of the bars beside it, in shares of the width. */
const [PICTURE, BARS] = [0.2, 0.38];

function picturePart({ picture, samples }: OneStep): Part {
  const { shape, pixels, label, probabilities } = picture;
  const texts = messages().figures.oneStep;
  const p = itemAt(probabilities, label);
  // A probability that float32 rounds to 0 is below e^−87.
  const surprise = p > 0 ? `= ${(-Math.log(p)).toFixed(2)}` : '> 87';
  const key = `${swatch(COLORS.blue)} ${texts.probability}　${swatch(COLORS.green)} ${texts.oneHot}`;
  const ticks = { range: [0, 1.1], tickvals: [0, 0.5, 1] };
  return {
    heads: [texts.picture(samples, grouped(samples), label, briefProbability(p), surprise)],
    traces: [
      greyCells(shape, pixels),
      bars(2, Array.from(probabilities, roundedTo(1e4)), COLORS.blue),
      bars(
        2,
        Array.from(probabilities, (_, digit) => Number(digit === label)),
        COLORS.green,
      ),
    ],
    ...{ height: 110, over: 24, under: 34 },
    axes: domain => ({
      ...pictureAxes(1, [0, PICTURE], domain),
      ...axisPair(
        2,
        { ...DIGIT_AXIS, domain: [BARS, 1] },
        { ...titled(texts.probabilityAxis), ...ticks, domain },
      ),
    }),
    notes: [
      note(key, {
        ...({ xref: 'x2 domain', x: 1, yref: 'y2 domain', y: 1 } as object),
        ...{ xanchor: 'right', yanchor: 'bottom' },
      }),
    ],
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
    traces: [{ ...bars(3, gradients, colors), ...above(arrows, 17), constraintext: 'none' }],
    ...{ height: 105, under: 38 },
    axes: domain => {
      const y = { ...titled('p − y'), range, tickvals: [-1, 0, 1], domain };
      return axisPair(3, DIGIT_AXIS, y);
    },
  };
}

const CURVE = { color: COLORS.blue, width: 2.5 };
const SLOPE = { color: COLORS.quiet, width: 1.5, dash: 'dash' };

/** The step along the weight is too short to be drawn: words say which way it goes, and how far. */
function valleyPart(step: OneStep): Part {
  const { loss, learningRate, weight } = step;
  const { value, gradient, curve, input, digit, fromPixel } = weight;
  const texts = messages().figures.oneStep;
  const half = 0.25 * (itemAt(curve.values, curve.values.length - 1) - itemAt(curve.values, 0));
  const from = (fromPixel ? texts.pixel : texts.unit)(input);
  const move = -learningRate * gradient;
  const { losses, values } = curve;
  return {
    heads: [texts.weight(from, digit, signed(gradient, 3), isValley(losses))],
    traces: [
      line(4, values, losses, CURVE),
      line(
        4,
        [value - half, value + half],
        [loss - gradient * half, loss + gradient * half],
        SLOPE,
      ),
      dots(4, [value], [loss]),
    ],
    ...{ height: 150, under: 56 },
    axes: domain => axisPair(4, titled(texts.weightAxis), { ...lossAxis(losses, loss), domain }),
    notes:
      move === 0
        ? []
        : [beside(4, [value, loss], move > 0 ? 'left' : 'right', texts.move(plusMinus(move)))],
  };
}

function stepPart({ loss, lossAfter, learningRate, parameters, path }: OneStep): Part {
  const texts = messages().figures.oneStep;
  const [before, after] = lossWords(loss, lossAfter);
  const { rates, losses } = path;
  const isLower = lossAfter < loss;
  const lowest = losses.indexOf(Math.min(...losses));
  const last = losses.length - 1;
  const at = (i: number) => [brief(itemAt(losses, i)), briefRate(itemAt(rates, i))] as const;
  const [low, high] = lossRange(losses, loss);
  const range = [-0.03 * itemAt(rates, last), itemAt(rates, last)];
  // Above the points there is room beside a falling curve; if they are close, below the second.
  const isClose = Math.abs(loss - lossAfter) < 0.15 * (high - low);
  return {
    heads: [texts.step(grouped(parameters), briefRate(learningRate, 3), before, after, isLower)],
    traces: [line(5, rates, losses, CURVE), dots(5, [0, learningRate], [loss, lossAfter])],
    ...{ height: 150, under: 56 },
    axes: domain =>
      axisPair(5, { ...titled(texts.rateAxis), range }, { ...lossAxis(losses, loss), domain }),
    notes: [
      beside(5, [0, loss], 'left', before),
      ...(lossAfter > high
        ? []
        : [
            arrow(5, [0, loss], [learningRate, lossAfter]),
            beside(5, [learningRate, lossAfter], isLower ? 'left' : 'right', after, isClose),
          ]),
    ],
    words: texts.path(...at(lowest), ...at(last)),
  };
}

function line(n: number, x: readonly number[], y: readonly number[], line: object): object {
  const [xs, ys] = [x, y].map(values => values.map(roundedTo(1e5)));
  const hovertemplate = '%{x}: %{y}<extra></extra>';
  return { type: 'scatter', mode: 'lines', x: xs, y: ys, line, hovertemplate, ...onAxes(n) };
}

const dots = (n: number, x: number[], y: number[]): object => ({
  ...line(n, x, y, {}),
  mode: 'markers',
  marker: { color: COLORS.ink, size: 11 },
});

const titled = (text: string): Partial<LayoutAxis> => ({
  title: { text, standoff: 4, font: { size: 14 } },
  zeroline: false,
});

const lossAxis = (losses: readonly number[], loss: number) => ({
  ...titled(messages().figures.loss),
  range: lossRange(losses, loss),
});

/** Finds the range of the losses; even if they grow beyond use, the current loss stays readable. */
function lossRange(losses: readonly number[], loss: number): [number, number] {
  const low = Math.min(loss, ...losses);
  const high = Math.min(Math.max(loss, ...losses), loss + 2 * Math.max(loss - low, 0.01));
  return paddedRange([low, Math.max(high, low + 0.01)], 0.15);
}

type Point = readonly [x: number, y: number];

const arrow = (n: number, [ax, ay]: Point, [x, y]: Point): Partial<Annotations> => ({
  ...({ xref: `x${n}`, yref: `y${n}`, axref: `x${n}`, ayref: `y${n}` } as object),
  ...{ x, y, ax, ay, text: '' },
  showarrow: true,
  arrowcolor: COLORS.ink,
  arrowwidth: 3,
  arrowhead: 2,
  arrowsize: 0.9,
  standoff: 6,
});

/** Writes words beside a point, and above or below it; `anchor` is the side of the words that is near it. */
const beside = (
  n: number,
  [x, y]: Point,
  anchor: 'left' | 'right',
  words: string,
  isBelow = false,
) =>
  note(words, {
    ...({ xref: `x${n}`, yref: `y${n}`, x, y, xanchor: anchor } as object),
    ...{
      yanchor: isBelow ? 'top' : 'bottom',
      xshift: anchor === 'left' ? 8 : -8,
      yshift: isBelow ? -4 : 2,
    },
  });

/** Tells whether the loss along the weight is seen to fall and to rise again. */
function isValley(losses: readonly number[]): boolean {
  const bottom = Math.min(...losses) + 0.001;
  return itemAt(losses, 0) > bottom && itemAt(losses, losses.length - 1) > bottom;
}

const brief = (loss: number, decimals = 2): string =>
  loss >= 1000 ? grouped(Math.round(loss)) : loss.toFixed(decimals);

/** Writes the losses before and after a step, with as many decimals as tell them apart. */
function lossWords(before: number, after: number): [string, string] {
  const decimals = before.toFixed(2) === after.toFixed(2) ? 4 : 2;
  return [brief(before, decimals), brief(after, decimals)];
}

const briefRate = (rate: number, digits = 2): number => Number(rate.toPrecision(digits));

/** Writes a move along an axis in two digits, with its sign and an arrow that way. */
const plusMinus = (move: number): string => {
  const size = briefRate(Math.abs(move));
  return move > 0 ? `+${size} →` : `← −${size}`;
};

/** Writes a probability in two decimals, or in four digits if these say 0 or 1, which it never is. */
const briefProbability = (p: number): string =>
  /^[01]\.00$/.test(p.toFixed(2)) && p > 0 ? String(Number(p.toPrecision(4))) : p.toFixed(2);

/** A picture and its probabilities, p − y, one weight's valley, the step of all parameters. */
export const PARTS = [picturePart, gradientPart, valleyPart, stepPart];
