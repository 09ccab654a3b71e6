import type { Annotations } from 'plotly.js';
import { escapePlotly, FONT_FAMILY, note } from './figure';

/** The letters of a title that fit into a line on a phone, 390 pixels wide. */
const LINE = 36;

/** Makes the title over a whole figure: red on yellow, size 20, in as many lines as a phone needs. */
export const figureTitle = (words: string, above: number): Partial<Annotations> =>
  note(wrapped(words, LINE).map(escapePlotly).join('<br>'), {
    ...{ xref: 'paper', x: 0.5, yref: 'paper', y: 1, yanchor: 'bottom', yshift: above + 8 },
    font: { family: FONT_FAMILY, size: 20, color: 'red' },
    bgcolor: 'yellow',
    borderpad: 4,
  });

/** Works out how much room {@link figureTitle} needs, in pixels. */
export const titleHeight = (words: string): number => 26 * wrapped(words, LINE).length + 30;

/** A Chinese character with the punctuation that must not begin a line, or a word with the spaces after it. */
const PIECES = /[⺀-￿][，。：；？！、）”》]*\s*|[^\s⺀-￿]+\s*|\s+/g;

/**
 * Breaks words into lines that fit a width, as few as possible, and of about one length: Plotly breaks none.
 *
 * @param width in letters; a Chinese character is as wide as two.
 * @example
 * wrapped('Recognising any four of the test set', 20); // ['Recognising any four', 'of the test set']
 */
export function wrapped(words: string, width: number): string[] {
  const pieces = words.match(PIECES) ?? [];
  const fewest = filled(pieces, width).length;
  for (let limit = Math.ceil(widthOf(words) / fewest); limit < width; limit++) {
    const lines = filled(pieces, limit);
    if (lines.length === fewest) return lines;
  }
  return filled(pieces, width);
}

function filled(pieces: readonly string[], width: number): string[] {
  const lines = [''];
  for (const piece of pieces) {
    const line = lines.at(-1) + piece;
    if (lines.at(-1) && widthOf(line.trimEnd()) > width) lines.push(piece);
    else lines[lines.length - 1] = line;
  }
  return lines.map(line => line.trim());
}

const widthOf = (words: string): number =>
  Array.from(words).reduce((sum, letter) => sum + (letter >= '⺀' ? 2 : 1), 0);
