import type { Annotations, Layout, LayoutAxis } from 'plotly.js';
import { itemAt } from '../item-at';
import { axisPair, type Figure, figure, inDomain, inPlot, note, onAxes } from './figure';

/** Traces on a pair of axes of their own. */
export interface Plot {
  readonly traces: readonly object[];
  readonly x: Partial<LayoutAxis>;
  readonly y: Partial<LayoutAxis>;
  /** The height of a unit by its width, if that is to stay. */
  readonly ratio?: number;
  /** The part of the row's height that it takes, in shares from below; defaults to all. */
  readonly within?: readonly [from: number, to: number];
  /** Words over its right end. */
  readonly key?: string;
  /** Words and arrows at places of its axes. */
  readonly notes?: readonly Partial<Annotations>[];
}

/** A row of a figure: a plot or several, and the words over them. */
export interface Row {
  /** Lines of words; several such heads stand side by side, at equal distances. */
  readonly heads?: readonly (readonly string[])[];
  readonly plots: readonly Plot[];
  /** Heights in pixels: the plots, what lies between them and their heads, and what lies below them. */
  readonly height: number;
  readonly over?: number;
  readonly under: number;
  /** Words at places of the whole figure. */
  readonly notes?: readonly Partial<Annotations>[];
}

/** In pixels: a line of a head, and what surrounds its lines. */
const [LINE, AROUND] = [18, 14];

/**
 * Makes a figure of rows, one below the other.
 *
 * @param options.l the left margin, in pixels; heads begin at it, or `shift` beside it.
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
      const { traces, x, y, ratio, within = [0, 1], key, notes = [] } = plot;
      const { xaxis, yaxis } = onAxes(i + 1);
      const domain = within.map(part => share(top + (1 - part) * height));
      const square = ratio && { scaleanchor: xaxis, scaleratio: ratio };
      const corner = { x: 1, xanchor: 'right', y: 1, yanchor: 'bottom' } as const;
      return {
        traces: traces.map(trace => ({ ...trace, xaxis, yaxis })),
        axes: axisPair(i + 1, x, { ...y, ...square, domain }),
        notes: [
          ...(key ? [note(key, { ...inDomain(i + 1), ...corner })] : []),
          ...notes.map(each => ({
            ...{ ...each, xref: xaxis, yref: yaxis },
            ...(each.showarrow && { axref: xaxis, ayref: yaxis }),
          })),
        ],
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
