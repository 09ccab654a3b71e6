import type { Annotations, Data, LayoutAxis } from 'plotly.js';
import { roughPercent } from '../format';
import type { ForwardPass } from '../forward-pass';
import { text } from '../language';
import { argMax } from './classes';
import { CLEAR_TICKS, COLORS, type Figure, figure, GREYS, roundedTo } from './figure';
import { headings } from './forward-pass-words';

/** Heights in pixels: the picture, a row of bars, and the room over one for marks and a heading. */
const [PICTURE_HEIGHT, BARS, HEADING] = [120, 105, 70];
const HEIGHT = PICTURE_HEIGHT + 3 * (HEADING + BARS);
const MARGIN = { l: 46, r: 12, t: 52, b: 30 };
/** Where the picture ends, and the row of its pixels begins. */
const [PICTURE, PIXELS] = [0.3, 0.34];

/** Which part of the height each step has. */
const STEPS = {
  pixels: [(HEIGHT - PICTURE_HEIGHT) / HEIGHT, 1],
  hidden: share(2),
  logits: share(1),
  probabilities: share(0),
} as const;

function share(below: number): [from: number, to: number] {
  const from = below * (HEADING + BARS);
  return [from / HEIGHT, (from + BARS) / HEIGHT];
}

/**
 * Shows one picture on its way through the network: its pixels, the same as a row of numbers, the
 * activations of the hidden units, the logits, and the probabilities.
 *
 * @param steps what `computeForwardPass` returns.
 */
export function drawForwardPass(steps: ForwardPass): Figure {
  const { shape, input, hidden, logits, probabilities } = steps;
  const words = headings(steps);
  const grey = {
    type: 'heatmap',
    zmin: 0,
    // A model may take pixels that were not divided by 255.
    zmax: input.reduce((most, value) => Math.max(most, value), 1),
    colorscale: GREYS,
    showscale: false,
  };
  const [height, width] = sidesOf(shape);
  const pixels = Array.from(input, roundedTo(100));
  const rows = Array.from({ length: height }, (_, y) => pixels.slice(y * width, (y + 1) * width));
  const chosen = argMax(probabilities);
  const colors = (values: ArrayLike<number>) =>
    Array.from(values, (_, i) => (i === chosen ? COLORS.blue : '#9a9a9a'));
  return figure(
    [
      { ...grey, z: rows, hovertemplate: '(%{y}, %{x}): %{z}<extra></extra>' } as Data,
      {
        ...grey,
        z: [pixels],
        xaxis: 'x2',
        yaxis: 'y2',
        hovertemplate: '%{x}: %{z}<extra></extra>',
      } as Data,
      { ...bars(3, Array.from(hidden, roundedTo(1000))), marker: { color: COLORS.blue } } as Data,
      numbered(
        bars(4, Array.from(logits, roundedTo(1000))),
        Array.from(logits, brieflySigned),
        colors(logits),
      ),
      numbered(
        bars(5, Array.from(probabilities, roundedTo(1e6))),
        Array.from(probabilities, roughPercent),
        colors(probabilities),
      ),
    ],
    {
      height: HEIGHT + MARGIN.t + MARGIN.b,
      margin: MARGIN,
      showlegend: false,
      bargap: 0.15,
      xaxis: {
        ...plain('y'),
        ...{ domain: [0, PICTURE], constrain: 'domain', constraintoward: 'left' },
        visible: false,
      },
      yaxis: {
        ...plain('x'),
        domain: [...STEPS.pixels],
        autorange: 'reversed',
        scaleanchor: 'x',
        constrain: 'domain',
        constraintoward: 'top',
        visible: false,
      },
      xaxis2: { ...plain('y2'), domain: [PIXELS, 1], showgrid: false, zeroline: false },
      yaxis2: {
        ...plain('x2'),
        domain: [1 - 0.6 * (PICTURE_HEIGHT / HEIGHT), 1 - 0.3 * (PICTURE_HEIGHT / HEIGHT)],
        visible: false,
      },
      xaxis3: { ...plain('y3'), showgrid: false, zeroline: false },
      yaxis3: { ...plain('x3'), ...CLEAR_TICKS, domain: [...STEPS.hidden], zeroline: true },
      xaxis4: { ...plain('y4'), dtick: 1, showgrid: false, zeroline: false },
      yaxis4: {
        ...plain('x4'),
        ...CLEAR_TICKS,
        domain: [...STEPS.logits],
        range: padded(logits),
        zeroline: true,
      },
      xaxis5: { ...plain('y5'), dtick: 1, showgrid: false, zeroline: false },
      yaxis5: {
        ...plain('x5'),
        ...CLEAR_TICKS,
        domain: [...STEPS.probabilities],
        range: [0, 1.25],
        tickvals: [0, 0.5, 1],
      },
      annotations: [
        heading(words.pixels, 0, 1),
        heading(words.hidden, 0, STEPS.hidden[1]),
        heading(words.logits, 0, STEPS.logits[1]),
        heading(words.probabilities, 0, STEPS.probabilities[1]),
      ],
    },
    Object.values(words)
      .map(words => words.replace('\n', text({ zh: '', en: ' ' })))
      .join('\n'),
  );
}

/** Works out the sides of the picture; a row of pixels is one, too, where it makes a square. */
function sidesOf([height = 1, width]: readonly number[]): [height: number, width: number] {
  if (width !== undefined) return [height, width];
  const side = Math.sqrt(height);
  return Number.isInteger(side) ? [side, side] : [1, height];
}

/** Writes a logit so that it fits over a bar. */
const brieflySigned = (value: number) =>
  value.toFixed(Math.abs(value) < 100 ? 1 : 0).replace('-', '−');

function bars(axis: number, y: number[]): object {
  return {
    type: 'bar',
    y,
    xaxis: `x${axis}`,
    yaxis: `y${axis}`,
    hovertemplate: '%{x}: %{y}<extra></extra>',
  };
}

function numbered(trace: object, words: string[], color: string[]): Data {
  return {
    ...trace,
    text: words,
    textposition: 'outside',
    textangle: 0,
    textfont: { size: 11 },
    cliponaxis: false,
    marker: { color },
  } as Data;
}

/** Finds the range of the values, with room for a number at both ends. */
function padded(values: ArrayLike<number>): [number, number] {
  const [low, high] = [Math.min(0, ...Array.from(values)), Math.max(0, ...Array.from(values))];
  const room = 0.3 * (high - low || 1);
  return [low - room, high + room];
}

const plain = (anchor: string): Partial<LayoutAxis> => ({
  anchor: anchor as LayoutAxis['anchor'],
  fixedrange: true,
  gridcolor: '#dddddd',
  zerolinecolor: '#767676',
});

const heading = (words: string, x: number, y: number): Partial<Annotations> => ({
  text: words.replace('\n', '<br>').replace(/\^(−?[\d.]+|z)/g, '<sup>$1</sup>'),
  xref: 'paper',
  yref: 'paper',
  x,
  xanchor: 'left',
  y,
  yanchor: 'bottom',
  yshift: 4,
  align: 'left',
  showarrow: false,
});
