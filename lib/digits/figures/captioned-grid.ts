import type { Annotations, Layout } from 'plotly.js';
import type { Pictures, Predicted } from '../input/given';
import { itemAt } from '../item-at';
import { escapePlotly, FONT_FAMILY, note } from './figure';
import { CLEAR, imageGrid } from './image-grid';

/** So many pictures a row leave room for their captions on a phone, 390 pixels wide. */
export const COLUMNS = 4;
/** The height of a picture if there is room for it, in pixels: in a single row, and in several, as on a phone. */
const [ALONE, IN_ROWS] = [105, 68];

/** What stands over the grid, and how its rows stand apart. */
interface Options {
  readonly title?: string;
  /** How far captions are moved down, in pixels of the pictures. */
  readonly inset?: number;
  /** Where rows need not stand apart for their captions: pixels between all neighbours. */
  readonly gap?: number;
}

/**
 * Lays the pictures of samples out row by row, each below its label, the prediction and, if it is known,
 * the probability of the prediction, and all below the title if there is one. Captions keep their size
 * while the pictures shrink with the figure, so the rows stand as far apart as that needs.
 */
export function captionedGrid(
  { pixels, size: [height, width] }: Pictures,
  samples: readonly (Predicted & { readonly certainty?: string })[],
  { title, inset = 0, gap }: Options = {},
) {
  const columns = Math.min(COLUMNS, samples.length);
  const rows = Math.ceil(samples.length / columns);
  const [size, lines] = samples[0]?.certainty ? [14, 3] : [16, 2];
  const room = Math.ceil(1.3 * size * lines) + 4;
  const titleLines = title === undefined ? [] : wrapped(title, LINE);
  const top = room + (title === undefined ? 10 : 26 * titleLines.length + 30);
  const { trace, axes, corners, ...grid } = imageGrid(
    samples.map(({ i }) => pixels(i)),
    [height, width],
    {
      ...{ columns, fill: CLEAR, gap: gap ?? Math.round(0.3 * width) },
      rowGap: gap ?? Math.ceil((width * room) / IN_ROWS),
    },
  );
  const layout: Partial<Layout> = {
    ...axes,
    height: Math.round(top + ((rows > 1 ? IN_ROWS : ALONE) / height) * grid.height + 10),
    margin: { l: 10, r: 10, t: top, b: 10 },
    annotations: [
      ...(title === undefined ? [] : [heading(titleLines, room + 8)]),
      ...samples.map(({ label, prediction, certainty }, i) => {
        const [x, y] = itemAt(corners, i);
        const place = { x: x + width / 2, y: y + inset, yanchor: 'bottom' } as const;
        const text = `y= ${label}<br>y_pred=${prediction}`;
        const below = certainty ? `<br>${escapePlotly(certainty)}` : '';
        return note(text + below, { ...place, font: { size } });
      }),
    ],
  };
  const words = samples.map(({ label, prediction, certainty }) =>
    [`y=${label} y_pred=${prediction}`, certainty ?? []].flat().join(': '),
  );
  return { data: [trace], layout, top, words };
}

/** Makes the title over a whole figure: red on yellow. */
const heading = (lines: readonly string[], yshift: number): Partial<Annotations> =>
  note(lines.map(escapePlotly).join('<br>'), {
    ...{ xref: 'paper', x: 0.5, yref: 'paper', y: 1, yanchor: 'bottom', yshift },
    font: { family: FONT_FAMILY, size: TITLE, color: '#d00000' },
    bgcolor: 'yellow',
    borderpad: 4,
  });

/** In pixels; and the letters of a title that fit into a line on a phone, 390 pixels wide. */
const [TITLE, LINE] = [17, 37];

/** A Chinese character or a word, with the punctuation that must not begin a line and the spaces after it. */
const PIECES = /([⺀-￿]|[^\s⺀-￿]+)[，。：；？！、）”》]*\s*|\s+/g;

/**
 * Breaks words into lines that fit a width, as few as possible, and of about one length: Plotly breaks none.
 *
 * @param width in letters; a Chinese character is as wide as two.
 * @example
 * wrapped('Recognising any four of the test set', 20); // ['Recognising any four', 'of the test set']
 */
export function wrapped(words: string, width: number): string[] {
  const fewest = filled(words, width).length;
  for (let limit = Math.min(width, Math.ceil(widthOf(words) / fewest)); ; limit++) {
    const lines = filled(words, limit);
    if (lines.length === fewest) return lines;
  }
}

/** Breaks words into lines as {@link wrapped} does, each as full as the width allows. */
export function filled(words: string, width: number): string[] {
  const lines = [''];
  for (const piece of words.match(PIECES) ?? []) {
    const line = lines.at(-1) + piece;
    if (lines.at(-1) && widthOf(line.trimEnd()) > width) lines.push(piece);
    else lines[lines.length - 1] = line;
  }
  return lines.map(line => line.trim());
}

/** Measures words in letters; a Chinese character is as wide as two. */
export const widthOf = (words: string): number =>
  Array.from(words).reduce((sum, letter) => sum + (letter >= '⺀' ? 2 : 1), 0);
