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
  type Figure,
  figure,
  greyCells,
  inPlot,
  note,
  onAxes,
  paddedRange,
  pictureSides,
  roundedTo,
  signed,
  swatch,
} from './figure';

/** The height of each part, and the room below it for its axis and the next heading, in pixels. */
const ROWS = [
  [110, 80],
  [100, 74],
  [150, 98],
  [150, 0],
] as const;
const MARGIN = { l: 58, r: 18, t: 72, b: 46 };
const INNER = ROWS.reduce((sum, [height, below]) => sum + height + below, 0);
/** The end of the picture and the start of the bars beside it, in shares of the width. */
const [PICTURE, BARS] = [0.2, 0.3];

/** Works out which part of the height the i-th part has, as Plotly counts: from the bottom. */
function rowDomain(i: number): [from: number, to: number] {
  const above = ROWS.slice(0, i).reduce((sum, [height, below]) => sum + height + below, 0);
  return [1 - (above + ROWS[i as 0][0]) / INNER, 1 - above / INNER];
}

/**
 * Shows one step of learning: the probabilities of a picture beside its label, their difference, which
 * is the gradient of the logits, the loss along one weight as a valley, and the step of all parameters
 * with the loss before and after.
 *
 * @param step what `oneStep` returns.
 * @example
 * const step = digits.oneStep(model, xTrain.slice(0, 64), yTrain.slice(0, 64));
 * figures.oneStep(step).data.length; // 9
 */
export function oneStep(step: OneStep): Figure {
  const texts = messages().figures.oneStep;
  if (!step?.picture?.probabilities) throw new TypeError(texts.noStep);
  const { loss, lossAfter, learningRate, weight, path } = step;
  const heads = headings(step);
  const [before, after] = lossWords(loss, lossAfter);
  const move = String(Number((-learningRate * weight.gradient).toPrecision(2)));
  const digits = { dtick: 1, showgrid: false, tickangle: 0 };
  const lossAxis = (losses: readonly number[]) => ({
    ...titled(messages().figures.loss),
    range: lossRange(losses, loss),
  });
  return figure(
    tracesOf(step),
    {
      height: INNER + MARGIN.t + MARGIN.b,
      margin: MARGIN,
      bargap: 0.25,
      showlegend: false,
      ...pictureAxes(step),
      ...axes(2, { ...digits, domain: [BARS, 1] }, { range: [0, 1.1], tickvals: [0, 0.5, 1] }),
      ...axes(3, digits, { range: [-1.45, 0.65], tickvals: [-1, 0] }),
      // With how far the step goes, which the arrow would be too short to show.
      ...axes(4, titled(texts.weightAxis(move.replace('-', '−'))), lossAxis(weight.curve.losses)),
      ...axes(5, titled(texts.rateAxis), lossAxis(path.losses)),
      annotations: [
        ...heads.map(heading),
        note(
          `${swatch(COLORS.blue)} ${texts.probability}　${swatch(COLORS.green)} ${texts.oneHot}`,
          inPlot(BARS, 'left', 1, 'bottom'),
        ),
        ...downhill(step),
        arrow(5, [0, loss], [learningRate, lossAfter]),
        value(5, [0, loss], 'right', before),
        value(5, [learningRate, lossAfter], 'left', after),
      ],
    },
    [texts.title, ...heads.map(messages().figures.inOneLine), ...curvesInWords(step)].join('\n'),
  );
}

const CURVE = { color: COLORS.blue, width: 2.5 };
const SLOPE = { color: COLORS.quiet, width: 1.5, dash: 'dash' };

/** Draws each part; the arrow over the gradient of a logit says which way the step takes it. */
function tracesOf({ picture, loss, lossAfter, learningRate, weight, path }: OneStep): object[] {
  const { shape, pixels, label, probabilities, logitGradients } = picture;
  const truth = Array.from(probabilities, (_, digit) => Number(digit === label));
  const gradients = Array.from(logitGradients, roundedTo(1e4));
  const colors = gradients.map(value => (value < 0 ? COLORS.green : COLORS.blue));
  const arrows = gradients.map(value => (value < 0 ? '↑' : value > 0.0005 ? '↓' : ''));
  const { value, gradient, curve } = weight;
  const half = 0.25 * lengthOf(curve.values);
  const tangent = [loss - gradient * half, loss + gradient * half];
  return [
    greyCells(shape, pixels),
    bars(2, Array.from(probabilities, roundedTo(1e4)), COLORS.blue),
    bars(2, truth, COLORS.green),
    { ...bars(3, gradients, colors), ...above(arrows, 17), constraintext: 'none' },
    line(4, curve.values, curve.losses, CURVE),
    line(4, [value - half, value + half], tangent, SLOPE),
    dots(4, [value], [loss]),
    line(5, path.rates, path.losses, CURVE),
    dots(5, [0, learningRate], [loss, lossAfter]),
  ];
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

const titled = (text: string) => ({ title: { text, standoff: 4, font: { size: 14 } } });

function axes(n: number, x: Partial<LayoutAxis>, y: Partial<LayoutAxis>) {
  const look = { gridcolor: COLORS.grid, zerolinecolor: COLORS.quiet };
  return axisPair(
    n,
    { ...look, zeroline: false, ...x },
    { ...look, domain: rowDomain(n - 2), ...y },
  );
}

function pictureAxes({ picture: { shape, pixels } }: OneStep) {
  const [height, width] = pictureSides(shape, pixels.length);
  const bare: Partial<LayoutAxis> = { visible: false, constrain: 'domain' };
  const x: Partial<LayoutAxis> = { ...bare, domain: [0, PICTURE], range: [-0.5, width - 0.5] };
  const y: Partial<LayoutAxis> = { ...bare, domain: rowDomain(0), range: [height - 0.5, -0.5] };
  return axisPair(
    1,
    { ...x, constraintoward: 'left' },
    { ...y, constraintoward: 'middle', ...(height > 1 ? { scaleanchor: 'x' } : {}) },
  );
}

/** Finds the range of the losses; even if they grow beyond use, the current loss stays readable. */
function lossRange(losses: readonly number[], loss: number): [number, number] {
  const low = Math.min(loss, ...losses);
  const high = Math.min(Math.max(loss, ...losses), loss + 2 * Math.max(loss - low, 0.01));
  return paddedRange([low, high], 0.15);
}

const heading = (lines: readonly string[], i: number): Partial<Annotations> =>
  note(lines.join('<br>'), {
    ...inPlot(0, 'left', rowDomain(i)[1], 'bottom'),
    ...{ xshift: -50, align: 'left', yshift: i === 0 ? 24 : 6 },
  });

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

/** Writes words beside a point; `anchor` is the side of the words that is near it. */
const value = (n: number, [x, y]: Point, anchor: 'left' | 'right', words: string) =>
  note(words, {
    ...({ xref: `x${n}`, yref: `y${n}`, x, y } as object),
    xanchor: anchor,
    xshift: anchor === 'left' ? 10 : -12,
    // The curve falls to the right: above it, and below it, there is room.
    yanchor: anchor === 'left' ? 'bottom' : 'top',
  });

/** Points from the current loss down the tangent: which way, not how far. */
function downhill({ loss, weight }: OneStep): Partial<Annotations>[] {
  const { value: from, gradient, curve } = weight;
  if (gradient === 0) return [];
  const way = -Math.sign(gradient);
  const far = way * 0.16 * lengthOf(curve.values);
  const end: Point = [from + far, loss + gradient * far];
  const name = value(4, end, way > 0 ? 'right' : 'left', messages().figures.oneStep.downhill);
  return [arrow(4, [from, loss], end), name];
}

const lengthOf = (values: readonly number[]) =>
  Math.abs(itemAt(values, values.length - 1) - itemAt(values, 0));

/** Says what each part shows, in two lines. */
function headings(step: OneStep): string[][] {
  const { samples, loss, lossAfter, learningRate, parameters, weight } = step;
  const { label, probabilities, logitGradients } = step.picture;
  const p = itemAt(probabilities, label);
  // A probability that float32 rounds to 0 is below e^−87.
  const surprise = p > 0 ? `= ${(-Math.log(p)).toFixed(2)}` : '> 87';
  const texts = messages().figures.oneStep;
  const from = (weight.fromPixel ? texts.pixel : texts.unit)(weight.input);
  const rate = Number(learningRate.toPrecision(3));
  const [before, after] = lossWords(loss, lossAfter);
  return [
    texts.picture(samples, grouped(samples), label, p.toFixed(2), surprise),
    texts.gradient(label, signed(itemAt(logitGradients, label))),
    texts.weight(from, weight.digit, signed(weight.gradient, 3), isValley(step)),
    texts.step(grouped(parameters), rate, before, after, lossAfter < loss),
  ];
}

function curvesInWords(step: OneStep): string[] {
  const texts = messages().figures.oneStep;
  const { values, losses } = step.weight.curve;
  const { rates, losses: pathLosses } = step.path;
  const ends = (all: readonly number[]) =>
    [0, lowest(all), all.length - 1].map(i => brief(itemAt(all, i))) as [string, string, string];
  const [from, bottom, to] = ends(losses);
  const [, least, end] = ends(pathLosses);
  const value = signed(itemAt(values, lowest(losses)));
  const [rate = 0, far = 0] = [lowest(pathLosses), rates.length - 1].map(i =>
    Number(itemAt(rates, i).toPrecision(2)),
  );
  return [
    isValley(step) ? texts.valley(from, bottom, value, to) : texts.slope(from, to),
    texts.path(least, rate, far, end),
  ];
}

/** Tells whether the loss along the weight is seen to fall and to rise again. */
function isValley({ weight: { curve } }: OneStep): boolean {
  const bottom = Math.min(...curve.losses) + 0.001;
  return itemAt(curve.losses, 0) > bottom && itemAt(curve.losses, curve.losses.length - 1) > bottom;
}

const lowest = (values: readonly number[]) => values.indexOf(Math.min(...values));

const brief = (loss: number, decimals = 2): string =>
  loss >= 1000 ? grouped(Math.round(loss)) : loss.toFixed(decimals);

/** Writes the losses before and after a step, with as many decimals as tell them apart. */
function lossWords(before: number, after: number): [string, string] {
  const decimals = before.toFixed(2) === after.toFixed(2) ? 4 : 2;
  return [brief(before, decimals), brief(after, decimals)];
}
