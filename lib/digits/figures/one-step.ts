import type { Annotations, Data, Layout, LayoutAxis } from 'plotly.js';
import { itemAt } from '../item-at';
import type { OneStep } from '../one-step';
import { COLORS, type Figure, figure, GREYS, roundedTo } from './figure';
import { type StepWords, stepWords } from './one-step-words';

/** Height of each part, and the room below it for its axis and the next heading, in pixels. */
const ROWS = [
  [110, 80],
  [100, 74],
  [150, 98],
  [150, 0],
] as const;
const MARGIN = { l: 58, r: 18, t: 72, b: 46 };
const INNER = ROWS.reduce((sum, [height, below]) => sum + height + below, 0);
/** Where the picture ends, and the bars beside it begin. */
const [PICTURE, BARS] = [0.2, 0.3];
const GREY = '#767676';
/** Of what moves: the colours are taken. */
const INK = '#222222';

/** Which part of the height the i-th part has, as Plotly counts: from the bottom. */
function rows(i: number): [number, number] {
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
  const words = stepWords(step);
  return figure(
    [picture(step), ...guess(step), gradient(step), ...valley(step), ...descent(step)],
    {
      height: INNER + MARGIN.t + MARGIN.b,
      margin: MARGIN,
      bargap: 0.25,
      showlegend: false,
      ...pictureAxes(step),
      ...axes(2, {
        x: { ...DIGITS, domain: [BARS, 1] },
        y: { range: [0, 1.1], tickvals: [0, 0.5, 1] },
      }),
      ...axes(3, { x: DIGITS, y: { range: [-1.45, 0.65], tickvals: [-1, 0] } }),
      ...axes(4, {
        x: { title: words.weightAxis },
        y: { title: words.lossAxis, range: around(step.weight.curve.losses, step.loss) },
      }),
      ...axes(5, {
        x: { title: words.rateAxis },
        y: { title: words.lossAxis, range: around(step.path.losses, step.loss) },
      }),
      annotations: [
        ...words.heads.map(heading),
        key(words),
        ...downhill(step, words),
        arrow(5, [0, step.loss], [step.learningRate, step.lossAfter]),
        value(5, [0, step.loss], 'right'),
        value(5, [step.learningRate, step.lossAfter], 'left'),
      ],
    } as Partial<Layout>,
    words.lines.join('\n'),
  );
}

function picture({ picture: { shape, pixels } }: OneStep): Data {
  const [height, width] = sizes(shape, pixels.length);
  const greys = Array.from(pixels, roundedTo(100));
  return {
    type: 'heatmap',
    z: Array.from({ length: height }, (_, y) => greys.slice(y * width, (y + 1) * width)),
    colorscale: GREYS,
    showscale: false,
    hovertemplate: '(%{y}, %{x}): %{z}<extra></extra>',
  } as Data;
}

/** Reads rows and columns from a shape; a sample that is no picture is shown as a square, or a row. */
function sizes(shape: readonly number[], length: number): [height: number, width: number] {
  const [height = 1, width = length] = shape;
  if (shape.length > 1 && height * width === length) return [height, width];
  const side = Math.sqrt(length);
  return Number.isInteger(side) ? [side, side] : [1, length];
}

/** The probabilities, each beside a bar of the one-hot label. */
function guess({ picture: { label, probabilities } }: OneStep): Data[] {
  const truth = Array.from(probabilities, (_, digit) => Number(digit === label));
  return [
    bars(2, Array.from(probabilities, roundedTo(1e4)), COLORS.blue),
    bars(2, truth, COLORS.green),
  ];
}

/** The gradient of each logit, with an arrow at each: the way that the step takes it. */
function gradient({ picture: { logitGradients } }: OneStep): Data {
  const values = Array.from(logitGradients, roundedTo(1e4));
  return {
    ...bars(
      3,
      values,
      values.map(value => (value < 0 ? COLORS.green : COLORS.blue)),
    ),
    text: values.map(value => (value < 0 ? '↑' : value > 0.0005 ? '↓' : '')),
    textposition: 'outside',
    textangle: 0,
    cliponaxis: false,
    constraintext: 'none',
    textfont: { size: 17 },
  } as Data;
}

/** The loss along one weight, its tangent, and the place where the network stands. */
function valley({ loss, weight: { value, gradient, curve } }: OneStep): Data[] {
  const half = 0.25 * length(curve.values);
  const tangent = [-half, half].map(added => [value + added, loss + gradient * added] as const);
  return [
    line(4, curve.values, curve.losses, { color: COLORS.blue, width: 2.5 }),
    line(
      4,
      tangent.map(([x]) => x),
      tangent.map(([, y]) => y),
      { color: GREY, width: 1.5, dash: 'dash' },
    ),
    dots(4, [value], [loss]),
  ];
}

/** The loss along the step of all parameters, and where it begins and ends. */
function descent({ loss, lossAfter, learningRate, path }: OneStep): Data[] {
  return [
    line(5, path.rates, path.losses, { color: COLORS.blue, width: 2.5 }),
    dots(5, [0, learningRate], [loss, lossAfter]),
  ];
}

function bars(axis: number, y: number[], color: string | string[]): Data {
  return {
    type: 'bar',
    y,
    marker: { color },
    hovertemplate: '%{x}: %{y}<extra></extra>',
    ...on(axis),
  } as Data;
}

function line(axis: number, x: readonly number[], y: readonly number[], line: object): Data {
  const rounded = roundedTo(1e4);
  return {
    type: 'scatter',
    mode: 'lines',
    x: x.map(rounded),
    y: y.map(rounded),
    line,
    hovertemplate: '%{x}: %{y}<extra></extra>',
    ...on(axis),
  } as Data;
}

function dots(axis: number, x: number[], y: number[]): Data {
  return {
    ...line(axis, x, y, {}),
    mode: 'markers',
    marker: { color: INK, size: 11 },
  } as Data;
}

const on = (axis: number) => ({ xaxis: `x${axis}`, yaxis: `y${axis}` });

/** From where we stand along the tangent to where it is lower: which way, not how far. */
function downhill({ loss, weight }: OneStep, words: StepWords): Partial<Annotations>[] {
  const { value: from, gradient, curve } = weight;
  const way = -Math.sign(gradient);
  const far = way * 0.16 * length(curve.values);
  const end: Point = [from + far, loss + gradient * far];
  const name = value(4, end, way > 0 ? 'right' : 'left', words.downhill);
  return [arrow(4, [from, loss], end), name];
}

type Point = readonly [x: number, y: number];

function arrow(axis: number, [ax, ay]: Point, [x, y]: Point): Partial<Annotations> {
  return {
    ...({ xref: `x${axis}`, yref: `y${axis}`, axref: `x${axis}`, ayref: `y${axis}` } as object),
    ...{ x, y, ax, ay, text: '' },
    showarrow: true,
    arrowcolor: INK,
    arrowwidth: 3,
    arrowhead: 2,
    arrowsize: 0.9,
    standoff: 6,
  };
}

/** Writes beside a point, by default its loss; `anchor` is the side of the words that is near it. */
function value(
  axis: number,
  [x, y]: Point,
  anchor: 'left' | 'right',
  words = y.toFixed(2),
): Partial<Annotations> {
  return {
    ...({ xref: `x${axis}`, yref: `y${axis}` } as object),
    ...{ x, y, text: words, showarrow: false, xanchor: anchor },
    xshift: anchor === 'left' ? 10 : -12,
    // The curve falls to the right: above it, and below it, there is room.
    yanchor: anchor === 'left' ? 'bottom' : 'top',
  };
}

const DIGITS = { dtick: 1, showgrid: false, zeroline: false, tickangle: 0 } as const;

interface AxisOptions extends Omit<Partial<LayoutAxis>, 'title'> {
  readonly title?: string;
}

/** The two axes with a number, in the part of the height that is theirs. */
function axes(axis: number, { x, y }: { x: AxisOptions; y: AxisOptions }) {
  const shared = ({ title, ...rest }: AxisOptions) => ({
    ...{ fixedrange: true, gridcolor: '#dddddd', zerolinecolor: GREY, ...rest },
    ...(title ? { title: { text: title, standoff: 4, font: { size: 14 } } } : {}),
  });
  return {
    [`xaxis${axis}`]: { anchor: `y${axis}`, zeroline: false, ...shared(x) },
    [`yaxis${axis}`]: { anchor: `x${axis}`, domain: rows(axis - 2), ...shared(y) },
  };
}

function pictureAxes({ picture: { shape, pixels } }: OneStep) {
  const [height, width] = sizes(shape, pixels.length);
  const bare = { visible: false, fixedrange: true, constrain: 'domain', constraintoward: 'left' };
  return {
    xaxis: { ...bare, anchor: 'y', domain: [0, PICTURE], range: [-0.5, width - 0.5] },
    yaxis: {
      ...bare,
      constraintoward: 'middle',
      anchor: 'x',
      domain: rows(0),
      range: [height - 0.5, -0.5],
      ...(height > 1 ? { scaleanchor: 'x' } : {}),
    },
  };
}

/** The range of the losses; where they grow beyond use, the place where we stand stays readable. */
function around(losses: readonly number[], loss: number): [number, number] {
  const low = Math.min(loss, ...losses);
  const high = Math.min(Math.max(loss, ...losses), loss + 2 * Math.max(loss - low, 0.01));
  const room = 0.15 * (high - low || 1);
  return [low - room, high + room];
}

const length = (values: readonly number[]) =>
  Math.abs(itemAt(values, values.length - 1) - itemAt(values, 0));

const heading = (text: string, i: number): Partial<Annotations> => ({
  ...{ text, xref: 'paper', x: 0, xanchor: 'left', xshift: -50, align: 'left', showarrow: false },
  ...{ yref: 'paper', y: rows(i)[1], yanchor: 'bottom', yshift: i === 0 ? 24 : 6 },
});

/** Says which bars are which, above them. */
const key = ({ probability, oneHot }: StepWords): Partial<Annotations> => ({
  text: `<span style="color:${COLORS.blue}">■</span> ${probability}　<span style="color:${COLORS.green}">■</span> ${oneHot}`,
  ...{ xref: 'paper', x: BARS, xanchor: 'left', showarrow: false },
  ...{ yref: 'paper', y: 1, yanchor: 'bottom' },
});
