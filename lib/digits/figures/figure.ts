import type { Annotations, Config, Data, Layout } from 'plotly.js';
import { escaped } from '../format';
import { wrapped } from './wrapped';

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
 * network gives, and what it is trained on; orange is wrong; green is the right answer where it was
 * missed; purple is what is kept apart from training, for validation or test. Only the pictures of
 * weights have a scale of their own, which their colour bar explains.
 */
export const COLORS = {
  blue: '#0072B2',
  orange: '#D55E00',
  green: '#009E73',
  purple: '#CC79A7',
} as const;

/** Makes a figure with the look that all figures of the lesson share. */
export function figure(data: Data[], layout: Partial<Layout>, text: string): Figure {
  return {
    data,
    layout: {
      autosize: true,
      paper_bgcolor: 'white',
      plot_bgcolor: 'white',
      ...layout,
      font: { family: FONT_FAMILY, size: 14, color: '#222222', ...layout.font },
    },
    // JupyterLab fits a figure to the width by itself. A responsive one, drawn there in place of its
    // saved picture, collapses at the next click. The exported pages make their figures responsive.
    config: { responsive: false, displaylogo: false, displayModeBar: false },
    text,
  };
}

/** Escapes words that came with the data: Plotly would read tags and formulas in them. */
export const plainly = (words: string): string => escaped(words).replaceAll('$', '&#36;');

/** Plotly's number of the i-th axis: none for the first, then 2, 3, … */
export const nth = (i: number): string => (i === 0 ? '' : String(i + 1));

/** For a vertical axis: its lowest number keeps clear of the first one of the horizontal axis. */
export const CLEAR_TICKS = { ticks: 'outside', ticklen: 5, tickcolor: 'rgba(0, 0, 0, 0)' } as const;

/** Greys from black, the smallest value, to white. */
export const GREYS: [number, string][] = [
  [0, 'black'],
  [1, 'white'],
];

/**
 * Rounds to parts of one, which keeps the saved notebook small.
 *
 * @param parts such as 1000 for three decimals.
 */
export const roundedTo =
  (parts: number) =>
  (value: number): number =>
    Math.round(value * parts) / parts;

/** The letters of a title that fit into a line on a phone, 390 pixels wide. */
const TITLE = 36;

/** Makes the title over a whole figure: red on yellow, size 20, in as many lines as a phone needs. */
export function figureTitle(words: string, above: number): Partial<Annotations> {
  return {
    text: wrapped(words, TITLE).map(plainly).join('<br>'),
    xref: 'paper',
    yref: 'paper',
    x: 0.5,
    y: 1,
    yanchor: 'bottom',
    yshift: above + 8,
    showarrow: false,
    font: { family: FONT_FAMILY, size: 20, color: 'red' },
    bgcolor: 'yellow',
    borderpad: 4,
  };
}

/** Works out how much room {@link figureTitle} needs, in pixels. */
export const titleHeight = (words: string): number => 26 * wrapped(words, TITLE).length + 30;
