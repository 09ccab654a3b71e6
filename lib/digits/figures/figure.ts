import type { Annotations, Config, Data, Layout, LayoutAxis } from 'plotly.js';
import { cautiousPercent, escaped } from '../format';
import { messages } from '../language';

/** A Plotly figure as plain data, with the same in words. */
export interface Figure {
  readonly data: Data[];
  readonly layout: Partial<Layout>;
  readonly config: Partial<Config>;
  /** The same in words, for those who cannot see the figure. */
  readonly text: string;
}

/** Shows Chinese wherever one of these is installed; SimHei first, as in the original tutorial. */
export const FONT_FAMILY =
  'SimHei, "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei", sans-serif';

/**
 * Colours that stay apart for the colour-blind (Okabe and Ito), each with one meaning: blue is what the
 * network gives, and what it is trained on; orange is wrong; green is the right answer that was
 * missed; purple is what is kept apart from training, for validation or test. Only what has a sign,
 * such as weights, has a scale of its own, blue over white to orange, which its colour bar explains.
 */
export const COLORS = {
  blue: '#0072B2',
  orange: '#D55E00',
  green: '#009E73',
  purple: '#CC79A7',
  /** Text, and what moves. */
  ink: '#222222',
  /** What is neither right nor wrong. */
  plain: '#9a9a9a',
  /** Axes, edges and small print. */
  quiet: '#767676',
  grid: '#dddddd',
} as const;

/** Makes a figure with the look that all figures of the lesson share. */
export function figure(data: readonly object[], layout: Partial<Layout>, text: string): Figure {
  return {
    data: data as Data[],
    layout: {
      autosize: true,
      paper_bgcolor: 'white',
      plot_bgcolor: 'white',
      ...layout,
      font: { family: FONT_FAMILY, size: 14, color: COLORS.ink, ...layout.font },
    },
    // JupyterLab fits a figure to the width by itself. A responsive one, drawn there in place of its
    // saved picture, collapses at the next click. The exported pages make their figures responsive.
    config: { responsive: false, displaylogo: false, displayModeBar: false },
    text,
  };
}

/** Escapes words that came with the data: Plotly would read tags and formulas in them. */
export const escapePlotly = (words: string): string => escaped(words).replaceAll('$', '&#36;');

/** Names an axis as Plotly does: `x`, `x2`, `x3`, … */
const axisName = <Letter extends string>(letter: Letter, n: number): Letter =>
  (n === 1 ? letter : `${letter}${n}`) as Letter;

/** Says on which pair of axes a trace is drawn. */
export const onAxes = (n: number) => ({ xaxis: axisName('x', n), yaxis: axisName('y', n) });

const AXIS = { fixedrange: true, gridcolor: COLORS.grid, zerolinecolor: COLORS.quiet };

/** Lays out the n-th pair of axes, each anchored to the other. */
export const axisPair = (
  n: number,
  x: Partial<LayoutAxis>,
  y: Partial<LayoutAxis>,
): Partial<Layout> => ({
  [axisName('xaxis', n)]: { ...AXIS, anchor: axisName('y', n), ...x },
  [axisName('yaxis', n)]: { ...AXIS, anchor: axisName('x', n), ...y },
});

/** Plots a picture, which keeps to an upper corner of its place. */
export const picturePlot = (
  picture: object,
  domain: [from: number, to: number],
  side: 'left' | 'right' = 'left',
) => {
  const bare = { visible: false, constrain: 'domain' } as const;
  return {
    ...{ traces: [picture], ratio: 1 },
    x: { ...bare, autorange: true, domain, constraintoward: side } as const,
    y: { ...bare, autorange: 'reversed', constraintoward: 'top' } as const,
  };
};

/** Titles an axis in the size of the text. */
export const titled = (text: string) => ({ title: { text, standoff: 4, font: { size: 14 } } });

/** For a vertical axis: its lowest number keeps clear of the first one of the horizontal axis. */
export const CLEAR_TICKS = { ticks: 'outside', ticklen: 5, tickcolor: 'rgba(0, 0, 0, 0)' } as const;

/** A horizontal axis of classes. */
export const DIGIT_AXIS = { dtick: 1, showgrid: false, zeroline: false, tickangle: 0 } as const;

/** Axes for the probabilities of the classes, with room over 1 for numbers. */
export const PROBABILITY_AXES = {
  x: DIGIT_AXIS,
  y: { ...CLEAR_TICKS, range: [0, 1.25], tickvals: [0, 0.5, 1] },
};

/** Explains colours in a bar that lies above or below the plot. */
export const colorBar = (text: string, side: 'top' | 'bottom', len: number): object => ({
  title: { text, side },
  orientation: 'h',
  thickness: 12,
  lenmode: 'pixels',
  len,
  y: side === 'top' ? 1 : 0,
  yanchor: side === 'top' ? 'bottom' : 'top',
});

/** Greys from black, the smallest value, to white. */
export const GREYS: [number, string][] = [
  [0, 'black'],
  [1, 'white'],
];

/** Blue below 0, the middle, and orange above. */
export const DIVERGING: [number, string][] = [
  [0, COLORS.blue],
  [0.5, 'white'],
  [1, COLORS.orange],
];

/** Rounds to parts of one, such as 1000 for three decimals, which keeps the saved notebook small; never to −0. */
export const roundedTo =
  (parts: number) =>
  (value: number): number =>
    Math.round(value * parts) / parts + 0;

/** Writes a number with its decimals, and a minus sign as wide as a plus; 0 has none. */
export const signed = (value: number, decimals = 2): string =>
  value
    .toFixed(decimals)
    .replace(/^-(?=[0.]*$)/, '')
    .replace('-', '−');

/** Widens the range of the values by a share of its length at both ends. */
export function paddedRange(values: readonly number[], share: number): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = share * (high - low || 1);
  return [low - room, high + room];
}

/** Lays values out in rows. */
export const rowsOf = (values: readonly number[], width: number): number[][] =>
  Array.from({ length: values.length / width }, (_, y) => values.slice(y * width, (y + 1) * width));

/** Draws a picture, or a sample that is none as a square or a row, as grey cells. */
export const greyCells = (
  shape: readonly number[],
  pixels: ArrayLike<number>,
  parts = 100,
): object => ({
  type: 'heatmap',
  z: rowsOf(Array.from(pixels, roundedTo(parts)), pictureSides(shape, pixels.length)[1]),
  // White is 1, or the largest pixel of a network that does not divide by 255.
  ...{ zmin: 0, zmax: Math.max(1, ...Array.from(pixels)) },
  colorscale: GREYS,
  showscale: false,
  hovertemplate: '(%{y}, %{x}): %{z}<extra></extra>',
});

/** Reads rows and columns from the shape of a sample. */
function pictureSides(shape: readonly number[], length: number): [number, number] {
  const [height = 1, width = length] = shape;
  if (shape.length > 1 && height * width === length) return [height, width];
  const side = Math.sqrt(length);
  return Number.isInteger(side) ? [side, side] : [1, length];
}

/** Draws values as bars, if need be each with a text above it. */
export const bars = (
  y: number[],
  color: string | string[],
  above?: string[],
  size = 11,
): object => ({
  ...{ type: 'bar', y, marker: { color } },
  // A softmax is never 0: 1.03e-8.
  hovertemplate: '%{x}: %{y:.3~g}<extra></extra>',
  ...(above && { text: above, textposition: 'outside', cliponaxis: false }),
  ...(above && { textangle: 0, textfont: { size } }),
});

/** Writes probabilities as whole per cents, but leaves out what is next to nothing. */
export const chances = (probabilities: ArrayLike<number>): string[] =>
  Array.from(probabilities, p => (p < 0.005 ? '' : cautiousPercent(p, 0)));

/** Keeps digits enough of a probability, however small it is. */
export const brief = (probability: number): number => Number(probability.toPrecision(4));

/** Lists classes with their probability, the largest first. */
export const likeliest = (probabilities: ArrayLike<number>) =>
  Array.from(probabilities, (probability, digit) => ({ digit, probability })).sort(
    (a, b) => b.probability - a.probability,
  );

export const inWords = ({ digit, probability }: ReturnType<typeof likeliest>[number]): string =>
  messages().figures.chance(digit, cautiousPercent(probability));

/** A place in shares of the plot, and the side of the words that stands there. */
export const inPlot = (
  x: number,
  xanchor: Annotations['xanchor'],
  y: number,
  yanchor: Annotations['yanchor'],
) => ({ xref: 'paper', x, xanchor, yref: 'paper', y, yanchor }) as const;

/** Says that a place is in shares of the n-th pair of axes. */
export const inDomain = (n: number): object => ({
  xref: `${onAxes(n).xaxis} domain`,
  yref: `${onAxes(n).yaxis} domain`,
});

/** Writes words without an arrow. */
export const note = (text: string, place: Partial<Annotations>): Partial<Annotations> => ({
  text,
  showarrow: false,
  ...place,
});

/** The place of words at the left or right edge of the plot. */
export const atEdge = (side: 'left' | 'right') =>
  ({ xref: 'paper', xanchor: side, x: side === 'left' ? 0 : 1 }) as const;

/** The place of words right above the plot. */
export const ON_TOP = { yref: 'paper', y: 1, yanchor: 'bottom', yshift: 6 } as const;

/**
 * Writes lines of words over a plot, from the left edge of the figure on.
 *
 * @param under the room between the words and the plot, in pixels.
 * @returns the margin at the top, in pixels, and what the layout gets.
 */
export function headOver(lines: readonly string[], margin: Partial<Layout['margin']>, under = 6) {
  const top = 18 * lines.length + under + 10;
  const place = { ...atEdge('left'), ...ON_TOP, xshift: 10 - (margin.l ?? 0), yshift: under };
  const annotations = [note(lines.join('<br>'), { ...place, align: 'left' })];
  return { top, layout: { margin: { ...margin, t: top }, annotations } };
}

/** @throws TypeError unless it is what a function of `digits` returns: in a browser no types are checked. */
export function requireResult(given: unknown, name: string): void {
  if (!given) throw new TypeError(messages().figures.notComputed(name));
}

/** A piece of colour for a key within words. */
export const swatch = (color: string): string => `<span style="color:${color}">■</span>`;
