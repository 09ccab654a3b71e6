import type { Annotations, Layout } from 'plotly.js';
import { escaped } from '../format';
import { onAxes } from './axes';

/** Escapes text from the data, because Plotly interprets tags and formulas. */
export const escapePlotly = (words: string): string => escaped(words).replaceAll('$', '&#36;');

export const colored = (text: string, color: string): string =>
  `<span style="color:${color}">${text}</span>`;

export const note = (text: string, position: Partial<Annotations>): Partial<Annotations> => ({
  text,
  showarrow: false,
  ...position,
});

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
