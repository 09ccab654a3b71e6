import type { Annotations, Layout } from 'plotly.js';
import { itemAt } from '../item-at';
import { type Figure, figure, inPlot, note } from './figure';

/** A row of a figure: a plot or several, and the words over them. */
export interface Row {
  /** Lines of words; several such heads stand side by side, at equal distances. */
  readonly heads?: readonly (readonly string[])[];
  readonly traces: readonly object[];
  /** Heights in pixels: the plots, what lies between them and their heads, and what lies below them. */
  readonly height: number;
  readonly over?: number;
  readonly under: number;
  /** Lays out the axes; the domain is that of the vertical ones. */
  readonly axes: (domain: [from: number, to: number]) => Partial<Layout>;
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
  const axes = rows.map((row, i) => {
    const top = itemAt(tops, i);
    return row.axes([share(top + row.height), share(top)]);
  });
  const notes = rows.flatMap(({ heads = [], over = 0, notes = [] }, i) => [
    ...heads.map((lines, n) =>
      note(lines.join('<br>'), {
        ...inPlot(n / heads.length, 'left', share(itemAt(tops, i) - over), 'bottom'),
        ...{ xshift: shift, yshift: 6, align: 'left' },
      }),
    ),
    ...notes,
  ]);
  return figure(
    rows.flatMap(({ traces }) => traces),
    {
      height: height + 8,
      margin: { l, r: 12, t: 4, b: 4 },
      showlegend: false,
      annotations: notes,
      ...layout,
      ...Object.assign({}, ...axes),
    },
    text,
  );
}
