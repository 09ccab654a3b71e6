/** Estimates by its text how much of a slide a cell takes: closely enough to share cells out among slides. */
import { type Cell, displays, isCode, joined, PLOTLY, printed } from './notebook';

/** The room on a slide, in the pixels of `template/slides/slides.css`; what is a little above 540 is set smaller. */
export const ROOM = 600;

// Sizes of the same style sheet: pixels a line, and half-width characters that fit on it.
const TEXT = { line: 36, width: 88 };
const CODE = { line: 27, width: 92 };
const OUTPUT = { line: 24, width: 104 };
const HEADING = 68;
const GAP = 20;
const FIGURE = 450;

/** Estimates the height of a cell with its outputs on a slide, in pixels. */
export function heightOf(cell: Cell): number {
  const source = joined(cell.source);
  if (!isCode(cell)) {
    const lines = source
      .split('\n')
      .map(line => (/^#/.test(line) ? HEADING : heightIn(TEXT, line)));
    return sum(lines) + GAP;
  }
  const output = printed(cell).trimEnd();
  return (
    sum(source.split('\n').map(line => heightIn(CODE, line))) +
    (output ? sum(output.split('\n').map(line => heightIn(OUTPUT, line))) + GAP : 0) +
    sum(displays(cell).map(data => figureHeight(data[PLOTLY]) + GAP)) +
    GAP
  );
}

/** A blank line between paragraphs is about a third of a line high. */
const heightIn = ({ line, width }: typeof TEXT, text: string): number =>
  text === '' ? line / 3 : line * Math.ceil(halfWidths(text) / width);

/** A Chinese character is twice as wide as a Latin one. */
const halfWidths = (text: string): number => sum([...text].map(c => (c > '\u2e7f' ? 2 : 1)));

const figureHeight = (figure: unknown): number =>
  (figure as { layout?: { height?: number } } | undefined)?.layout?.height ?? FIGURE;

const sum = (numbers: number[]): number => numbers.reduce((total, n) => total + n, 0);
