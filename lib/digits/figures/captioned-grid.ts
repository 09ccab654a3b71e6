import type { Annotations, Layout } from 'plotly.js';
import type { Pictures, Predicted } from '../input/given';
import { itemAt } from '../item-at';
import { COLORS } from './colors';
import { FONT_FAMILY } from './figure';
import { CLEAR, imageGrid } from './image-grid';
import { colored, escapePlotly, note } from './notes';

/** Pictures per row, so captions fit on a phone, 390 pixels wide. */
export const COLUMNS = 4;
/** Height of a picture in pixels, if the width allows: in a single row, and in several rows, as on a phone. */
const [ALONE, IN_ROWS] = [105, 68];

interface Options {
  readonly title?: string;
  /** Offset of captions downwards, in pixels of the pictures. */
  readonly inset?: number;
  /** Pixels between all neighbours, for rows without space for captions. */
  readonly gap?: number;
}

/**
 * Arranges samples in rows, each picture below a caption with label, prediction and, if known, the prediction's
 * probability; an optional title is on top. Captions keep their size while the pictures shrink with the figure,
 * so the row spacing depends on the captions.
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
        const position = { x: x + width / 2, y: y + inset, yanchor: 'bottom' } as const;
        const below = certainty ? `<br>${escapePlotly(certainty)}` : '';
        return note(answerLines(label, prediction) + below, { ...position, font: { size } });
      }),
    ],
  };
  const words = samples.map(({ label, prediction, certainty }) =>
    [`y=${label} y_pred=${prediction}`, certainty ?? []].flat().join(': '),
  );
  return { data: [trace], layout, top, words };
}

/** Returns the label above the prediction. If the prediction is wrong, both have the colours of a missed answer. */
function answerLines(label: number, prediction: number): string {
  const [first, second] = [`y= ${label}`, `y_pred=${prediction}`];
  if (label === prediction) return `${first}<br>${second}`;
  return `${colored(first, COLORS.green)}<br>${colored(second, COLORS.orange)}`;
}

/** Returns the title of a figure: red on yellow. */
const heading = (lines: readonly string[], yshift: number): Partial<Annotations> =>
  note(lines.map(escapePlotly).join('<br>'), {
    ...{ xref: 'paper', x: 0.5, yref: 'paper', y: 1, yanchor: 'bottom', yshift },
    font: { family: FONT_FAMILY, size: TITLE, color: '#d00000' },
    bgcolor: 'yellow',
    borderpad: 4,
  });

/** Font size of a title in pixels, and letters per line on a phone, 390 pixels wide. */
const [TITLE, LINE] = [17, 37];

/** Matches a Chinese character or a word, with punctuation that must not start a line and trailing spaces. */
const PIECES = /([⺀-￿]|[^\s⺀-￿]+)[，。：；？！、）”》]*\s*|\s+/g;

/**
 * Breaks text into the fewest lines for a width, with similar lengths, because Plotly does not wrap text.
 *
 * @param width maximum width in letters; a Chinese character counts as two.
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

/** Breaks text into lines as {@link wrapped} does, but fills each line. */
export function filled(words: string, width: number): string[] {
  const lines = [''];
  for (const piece of words.match(PIECES) ?? []) {
    const line = lines.at(-1) + piece;
    if (lines.at(-1) && widthOf(line.trimEnd()) > width) lines.push(piece);
    else lines[lines.length - 1] = line;
  }
  return lines.map(line => line.trim());
}

/** Returns the width of text in letters; a Chinese character counts as two. */
export const widthOf = (words: string): number =>
  Array.from(words).reduce((sum, letter) => sum + (letter >= '⺀' ? 2 : 1), 0);
