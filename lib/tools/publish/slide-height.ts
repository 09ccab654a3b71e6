/** Estimates by its text how much of a slide a cell takes: closely enough to share cells out among slides. */
import { type Cell, displays, isCode, joined, type MimeBundle, PLOTLY, printed } from './notebook';

/** The room on a slide, in the pixels of `template/slides/slides.css`; what is a little above 540 is set smaller. */
export const ROOM = 600;

/** Pixels a line, and half-width characters that fit on it. */
interface Size {
  readonly line: number;
  readonly width: number;
}

/** How a slide is divided: text beside a figure, or beside what is wider, such as a pad. */
export type Columns = 'figure' | 'wide';

/** How large things are set in a column, from the same style sheet. */
interface Column {
  readonly text: Size;
  readonly code: Size;
  readonly output: Size;
  readonly heading: number;
}

const WHOLE: Column = {
  text: { line: 36, width: 88 },
  code: { line: 27, width: 92 },
  output: { line: 24, width: 104 },
  heading: 68,
};
/** Text and code on the left, what came out on the right: a figure, or what is wider, such as a pad. */
const BESIDE: Record<Columns, Column> = {
  figure: {
    text: { line: 29, width: 44 },
    code: { line: 21, width: 47 },
    output: { line: 17, width: 86 },
    heading: 52,
  },
  wide: {
    text: { line: 29, width: 31 },
    code: { line: 21, width: 33 },
    output: { line: 17, width: 104 },
    heading: 78,
  },
};
const GAP = 20;
const FIGURE = 450;
/** A figure may be drawn this much lower than it asks for, above text or beside it; `template/slides` does it. */
const LOWER = { above: 0.85, beside: 0.6 };

/** Estimates the height of cells one below the other, in pixels. */
export const heightOf = (...cells: Cell[]): number =>
  sum(cells.map(cell => sourceHeight(cell, WHOLE) + outputHeight(cell, WHOLE, LOWER.above)));

/** Estimates the same where outputs stand in a column of their own. */
export const heightInColumns = (columns: Columns, ...cells: Cell[]): number =>
  Math.max(
    sum(cells.map(cell => sourceHeight(cell, BESIDE[columns]))),
    sum(cells.map(cell => outputHeight(cell, BESIDE[columns], LOWER.beside))),
  );

/** Tells which columns an output is for; none where it is only text. */
export function columnsFor(cell: Cell): Columns | undefined {
  const shown = isCode(cell) ? displays(cell) : [];
  if (shown.some(data => !isFigure(data) && 'text/html' in data)) return 'wide';
  return shown.some(isFigure) ? 'figure' : undefined;
}

const isFigure = (data: MimeBundle): boolean =>
  PLOTLY in data || Object.keys(data).some(type => type.startsWith('image/'));

function sourceHeight(cell: Cell, { text, code, heading }: Column): number {
  const source = joined(cell.source);
  if (isCode(cell)) {
    const folded = (cell.metadata.jupyter as { source_hidden?: boolean } | undefined)
      ?.source_hidden;
    return linesHeight(folded ? '…' : source, code) + GAP;
  }
  const shown = source.replace(/<\/summary>[\s\S]*?<\/details>/g, '');
  const lines = shown.split('\n').map(line => (/^#/.test(line) ? heading : heightIn(text, line)));
  return sum(lines) + GAP;
}

function outputHeight(cell: Cell, { output }: Column, share: number): number {
  if (!isCode(cell)) return 0;
  const text = printed(cell).trimEnd();
  return (
    (text ? linesHeight(text, output) + GAP : 0) +
    sum(displays(cell).map(data => displayHeight(data, output, share) + GAP))
  );
}

function displayHeight(data: MimeBundle, output: Size, share: number): number {
  if (isFigure(data)) return figureHeight(data[PLOTLY]) * share;
  if ('text/html' in data) return FIGURE; // such as a pad
  return linesHeight(String(data['text/plain'] ?? ''), output);
}

const linesHeight = (text: string, size: Size): number =>
  sum(text.split('\n').map(line => heightIn(size, line)));

/** A blank line between paragraphs is about a third of a line high. */
const heightIn = ({ line, width }: Size, text: string): number =>
  text === '' ? line / 3 : line * Math.ceil(halfWidths(text) / width);

/** A Chinese character is twice as wide as a Latin one. */
const halfWidths = (text: string): number => sum([...text].map(c => (c > '\u2e7f' ? 2 : 1)));

const figureHeight = (figure: unknown): number =>
  (figure as { layout?: { height?: number } } | undefined)?.layout?.height ?? FIGURE;

const sum = (numbers: number[]): number => numbers.reduce((total, n) => total + n, 0);
