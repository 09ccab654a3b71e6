import type { Annotations, Layout, LayoutAxis } from 'plotly.js';
import { itemAt } from '../item-at';
import { messages } from '../language';
import { axisPair, onAxes } from './axes';
import { type Figure, figure } from './figure';
import { inPlot, note } from './notes';

export interface Plot {
  readonly traces: readonly object[];
  readonly x: Partial<LayoutAxis>;
  readonly y: Partial<LayoutAxis>;
  /** Height of a unit divided by its width, if fixed. */
  readonly ratio?: number;
  /** Vertical range within the row, in shares from below; defaults to all. */
  readonly within?: readonly [from: number, to: number];
  /** Annotations in the plot's coordinates. */
  readonly notes?: readonly Partial<Annotations>[];
}

/** A row of a figure: one or more plots, and the text above them. */
export interface Row {
  /** Lines of text; several heads are spaced evenly. */
  readonly heads?: readonly (readonly string[])[];
  readonly plots: readonly Plot[];
  /** Heights in pixels: the plots, the space between plots and heads, and the space below. */
  readonly height: number;
  readonly over?: number;
  readonly under: number;
  /** Annotations in the coordinates of the whole figure. */
  readonly notes?: readonly Partial<Annotations>[];
}

/** Pixels of a line of a head, and of the space around the lines. */
const [LINE, AROUND] = [18, 14];

/**
 * Builds a figure from rows, top to bottom.
 *
 * @param options.l left margin, in pixels; heads start there, offset by `shift`.
 */
export function stack(
  rows: readonly Row[],
  { l, shift = 0, ...layout }: Partial<Layout> & { readonly l: number; readonly shift?: number },
  text: string,
): Figure {
  let height = 0;
  const tops = rows.map(({ heads = [], height: plots, over = 0, under }) => {
    const lines = Math.max(0, ...heads.map(({ length }) => length));
    const top = height + (lines && LINE * lines + AROUND) + over;
    height = top + plots + under;
    return top;
  });
  // Plotly counts from the bottom.
  const share = (fromTop: number) => 1 - fromTop / height;
  const plots = rows
    .flatMap(({ plots, height }, i) => plots.map(plot => ({ plot, height, top: itemAt(tops, i) })))
    .map(({ plot, height, top }, i) => {
      const { traces, x, y, ratio, within = [0, 1], notes = [] } = plot;
      const { xaxis, yaxis } = onAxes(i + 1);
      const domain = within.map(part => share(top + (1 - part) * height));
      const square = ratio && { scaleanchor: xaxis, scaleratio: ratio };
      return {
        traces: traces.map(trace => ({ ...trace, xaxis, yaxis })),
        axes: axisPair(i + 1, x, { ...y, ...square, domain }),
        notes: notes.map(annotation => ({
          ...{ ...annotation, xref: xaxis, yref: yaxis },
          ...(annotation.showarrow && { axref: xaxis, ayref: yaxis }),
        })),
      };
    });
  const heads = rows.flatMap(({ heads = [], over = 0, notes = [] }, i) => [
    ...heads.map((lines, n) =>
      note(lines.join('<br>'), {
        ...inPlot(n / heads.length, 'left', share(itemAt(tops, i) - over), 'bottom'),
        ...{ xshift: shift, yshift: 6, align: 'left' },
      }),
    ),
    ...notes,
  ]);
  return figure(
    plots.flatMap(({ traces }) => traces),
    {
      height: height + 8,
      margin: { l, r: 12, t: 4, b: 4 },
      showlegend: false,
      annotations: [...heads, ...plots.flatMap(({ notes }) => notes)] as Partial<Annotations>[],
      ...layout,
      ...Object.assign({}, ...plots.map(({ axes }) => axes)),
    },
    text,
  );
}

/**
 * Builds a figure of a single plot with axis titles.
 *
 * @param heads lines of text above the plot, which also begin the text version.
 */
export const singlePlot = (
  heads: readonly string[],
  plot: Plot,
  { height, under = 56, ...layout }: Partial<Layout> & Pick<Row, 'height'> & { under?: number },
  words: readonly string[],
): Figure =>
  stack(
    [{ heads: [heads], plots: [plot], height, under }],
    { ...layout, l: 62, shift: -54 },
    [messages().figures.inOneLine(heads), ...words].join('\n'),
  );
