import type { Annotations, Config, Data, Layout, LayoutAxis } from 'plotly.js';
import { cautiousPercent, escaped } from '../format';
import { messages } from '../language';

/** A Plotly figure as plain data, with a text version. */
export interface Figure {
  readonly data: Data[];
  readonly layout: Partial<Layout>;
  readonly config: Partial<Config>;
  /** Text version for readers who cannot see the figure. */
  readonly text: string;
}

/** Fonts with Chinese characters; SimHei comes first, as in the original tutorial. */
export const FONT_FAMILY =
  'SimHei, "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei", sans-serif';

/**
 * Colours for the colour-blind (Okabe and Ito), each with a fixed meaning. Blue: the network's output and
 * training data. Orange: wrong. Green: the correct answer that the network missed. Purple: validation and test
 * data. Signed values, such as weights, have a separate scale from blue over white to orange, explained by a
 * colour bar.
 */
export const COLORS = {
  blue: '#0072B2',
  orange: '#D55E00',
  green: '#009E73',
  purple: '#CC79A7',
  /** Text and moving elements. */
  ink: '#222222',
  /** Neutral: neither right nor wrong. */
  plain: '#9a9a9a',
  /** Axes, edges and small print. */
  quiet: '#767676',
  grid: '#dddddd',
} as const;

/** Returns a figure with the lesson's common look. */
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
    // JupyterLab fits a figure to the width. A responsive figure, drawn over its saved picture, collapses at
    // the next click. Exported pages make their figures responsive.
    config: { responsive: false, displaylogo: false, displayModeBar: false },
    text,
  };
}

/** Escapes text from the data, because Plotly interprets tags and formulas. */
export const escapePlotly = (words: string): string => escaped(words).replaceAll('$', '&#36;');

/** Returns Plotly's name of an axis: `x`, `x2`, `x3`, … */
const axisName = <Letter extends string>(letter: Letter, n: number): Letter =>
  (n === 1 ? letter : `${letter}${n}`) as Letter;

/** Returns the axes of a trace on the n-th pair. */
export const onAxes = (n: number) => ({ xaxis: axisName('x', n), yaxis: axisName('y', n) });

const AXIS = { fixedrange: true, gridcolor: COLORS.grid, zerolinecolor: COLORS.quiet };

/** Returns the layout of the n-th pair of axes, anchored to each other. */
export const axisPair = (
  n: number,
  x: Partial<LayoutAxis>,
  y: Partial<LayoutAxis>,
): Partial<Layout> => ({
  [axisName('xaxis', n)]: { ...AXIS, anchor: axisName('y', n), ...x },
  [axisName('yaxis', n)]: { ...AXIS, anchor: axisName('x', n), ...y },
});

/** Plots a picture aligned to an upper corner of its area. */
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

/** Returns an axis title in the size of the text. */
export const titled = (text: string) => ({ title: { text, standoff: 4, font: { size: 14 } } });

/** Keeps the first y tick label off the first x label. */
export const CLEAR_TICKS = { ticks: 'outside', ticklen: 5, tickcolor: 'rgba(0, 0, 0, 0)' } as const;

/** A horizontal axis of classes. */
export const DIGIT_AXIS = { dtick: 1, showgrid: false, zeroline: false, tickangle: 0 } as const;

/** Axes for the classes' probabilities, with room above 1 for numbers. */
export const PROBABILITY_AXES = {
  x: DIGIT_AXIS,
  y: { ...CLEAR_TICKS, range: [0, 1.25], tickvals: [0, 0.5, 1] },
};

/** Returns a colour bar above or below the plot. */
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

/** Blue below 0 (the middle), orange above. */
export const DIVERGING: [number, string][] = [
  [0, COLORS.blue],
  [0.5, 'white'],
  [1, COLORS.orange],
];

/**
 * Rounds to fractions of 1, such as 1000 for three decimals, to keep the saved notebook small. Never returns
 * −0.
 */
export const roundedTo =
  (parts: number) =>
  (value: number): number =>
    Math.round(value * parts) / parts + 0;

/** Formats a number with a plus or a minus sign of equal width; 0 has no sign. */
export const signed = (value: number, decimals = 2): string =>
  value
    .toFixed(decimals)
    .replace(/^-(?=[0.]*$)/, '')
    .replace('-', '−');

/** Extends the range of the values by a share of its length at both ends. */
export function paddedRange(values: readonly number[], share: number): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = share * (high - low || 1);
  return [low - room, high + room];
}

/** Splits values into rows. */
export const rowsOf = (values: readonly number[], width: number): number[][] =>
  Array.from({ length: values.length / width }, (_, y) => values.slice(y * width, (y + 1) * width));

/** Draws a picture as grey cells; reshapes other samples to a square or a row. */
export const greyCells = (
  shape: readonly number[],
  pixels: ArrayLike<number>,
  parts = 100,
): object => ({
  type: 'heatmap',
  z: rowsOf(Array.from(pixels, roundedTo(parts)), pictureSides(shape, pixels.length)[1]),
  // White is 1, or the largest pixel if the network does not divide by 255.
  ...{ zmin: 0, zmax: Math.max(1, ...Array.from(pixels)) },
  colorscale: GREYS,
  showscale: false,
  hovertemplate: '(%{y}, %{x}): %{z}<extra></extra>',
});

/** Returns rows and columns of a sample's shape. */
function pictureSides(shape: readonly number[], length: number): [number, number] {
  const [height = 1, width = length] = shape;
  if (shape.length > 1 && height * width === length) return [height, width];
  const side = Math.sqrt(length);
  return Number.isInteger(side) ? [side, side] : [1, length];
}

/** Draws values as bars, optionally with text above each bar. */
export const bars = (
  y: number[],
  color: string | string[],
  above?: string[],
  size = 11,
): object => ({
  ...{ type: 'bar', y, marker: { color } },
  // Shows small probabilities such as 1.03e-8, because a softmax is never 0.
  hovertemplate: '%{x}: %{y:.3~g}<extra></extra>',
  ...(above && { text: above, textposition: 'outside', cliponaxis: false }),
  ...(above && { textangle: 0, textfont: { size } }),
});

/** Formats probabilities as whole per cents; empty for negligible values. */
export const chances = (probabilities: ArrayLike<number>): string[] =>
  Array.from(probabilities, p => (p < 0.005 ? '' : cautiousPercent(p, 0)));

/** Rounds a probability to four significant digits, however small. */
export const brief = (probability: number): number => Number(probability.toPrecision(4));

/** Lists classes with their probabilities, largest first. */
export const likeliest = (probabilities: ArrayLike<number>) =>
  Array.from(probabilities, (probability, digit) => ({ digit, probability })).sort(
    (a, b) => b.probability - a.probability,
  );

export const inWords = ({ digit, probability }: ReturnType<typeof likeliest>[number]): string =>
  messages().figures.chance(digit, cautiousPercent(probability));

/** Position in shares of the plot, with the alignment of the text. */
export const inPlot = (
  x: number,
  xanchor: Annotations['xanchor'],
  y: number,
  yanchor: Annotations['yanchor'],
) => ({ xref: 'paper', x, xanchor, yref: 'paper', y, yanchor }) as const;

/** Positions in shares of the n-th pair of axes. */
export const inDomain = (n: number): object => ({
  xref: `${onAxes(n).xaxis} domain`,
  yref: `${onAxes(n).yaxis} domain`,
});

/** Returns an annotation without an arrow. */
export const note = (text: string, position: Partial<Annotations>): Partial<Annotations> => ({
  text,
  showarrow: false,
  ...position,
});

/** Position of text at the left or right edge of the plot. */
export const atEdge = (side: 'left' | 'right') =>
  ({ xref: 'paper', xanchor: side, x: side === 'left' ? 0 : 1 }) as const;

/** Position of text directly above the plot. */
export const ON_TOP = { yref: 'paper', y: 1, yanchor: 'bottom', yshift: 6 } as const;

/**
 * Writes lines of text above a plot, from the left edge of the figure.
 *
 * @param under space between text and plot, in pixels.
 * @returns the top margin in pixels, and the layout.
 */
export function headOver(lines: readonly string[], margin: Partial<Layout['margin']>, under = 6) {
  const top = 18 * lines.length + under + 10;
  const position = { ...atEdge('left'), ...ON_TOP, xshift: 10 - (margin.l ?? 0), yshift: under };
  const annotations = [note(lines.join('<br>'), { ...position, align: 'left' })];
  return { top, layout: { margin: { ...margin, t: top }, annotations } };
}
