/** A Chinese character with the punctuation that must not begin a line, or a word with the spaces after it. */
const PIECES = /[⺀-￿][，。：；？！、）”》]*\s*|[^\s⺀-￿]+\s*|\s+/g;

/**
 * Breaks words into lines that fit a width, as few as do, and of about one length: Plotly breaks none.
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
