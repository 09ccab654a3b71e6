/** Shares the cells of a notebook out among slides. */
import { type Cell, type CodeCell, displays, isCode, joined, PLOTLY } from './notebook';
import { type Columns, columnsFor, heightInColumns, heightOf, ROOM } from './slide-height';
import { type Exhibit, exhibits, isHeading } from './slide-parts';

export interface Slide {
  /** Whether a section begins here, rather than a slide within one. */
  readonly begins: boolean;
  /** Where text and code stand on the left, and what came out on the right. */
  readonly columns: Columns | undefined;
  readonly cells: Cell[];
}

/** What fits once it is set smaller, as long as it is text; a figure would become too small to read. */
const COMPACT = 720;
/** Less than this is too little for a slide. */
const BRIEF = 200;

/**
 * Makes a slide of code, the text that leads to it and the text that says what came out, side by side
 * where one below the other they would be too high. Where there is more to explain, the figure stands
 * beside that again. No slide has a heading or a sentence alone.
 */
export function layOut(cells: readonly Cell[]): Slide[] {
  const slides: Slide[] = [];
  for (const slide of exhibits(cells).flatMap(slidesOf)) {
    const before = slides.at(-1);
    const both = [...(before?.cells ?? []), ...slide.cells];
    if (before && !slide.begins && belongTogether(before.cells, slide.cells)) {
      slides[slides.length - 1] = { ...before, columns: inColumns(both), cells: both };
    } else slides.push(slide);
  }
  return slides;
}

function belongTogether(before: Cell[], after: Cell[]): boolean {
  const both = [...before, ...after];
  if (both.filter(columnsFor).length > 1) return false;
  const isText = (cells: Cell[]) => !cells.some(isCode);
  if ([before, after].some(cells => isText(cells) && heightOf(...cells) < BRIEF)) return true;
  const isShort = [before, after].some(cells => heightOf(...cells) < 2 * BRIEF);
  return isShort && heightOf(...both) <= ROOM && !isHeading(joined(after[0]?.source ?? ''));
}

function slidesOf({ begins, lead, code, explanation }: Exhibit): Slide[] {
  const figure = code.slice(-1).flatMap(again);
  // A figure can be shown again; what was printed is explained where it stands.
  const kept = figure.length === 0 ? explanation.slice(0, 1) : [];
  const others = explanation.slice(kept.length).map(text => [...figure, text]);
  const slides: Cell[][] = [];
  for (const part of [...inseparable(lead, code, kept), ...others]) {
    const slide = slides.at(-1);
    const more = slide && part.filter(cell => cell !== figure[0]);
    if (slide && more && fit([...slide, ...more])) slide.push(...more);
    else slides.push([...part]);
  }
  return slides.map((cells, at) => ({
    begins: begins && at === 0,
    columns: inColumns(cells),
    cells,
  }));
}

/** The last words before code stay with it, and the first of what came out. */
function inseparable(lead: Cell[], code: Cell[], explanation: Cell[]): Cell[][] {
  const parts = [...lead, ...code].map(cell => [cell]);
  if (lead.length > 0 && code.length > 0) {
    parts.splice(lead.length - 1, 2, [...lead.slice(-1), ...code.slice(0, 1)]);
  }
  parts.at(-1)?.push(...explanation);
  return parts;
}

function fit(cells: Cell[]): boolean {
  if (heightOf(...cells) <= (cells.some(columnsFor) ? ROOM : COMPACT)) return true;
  const columns = inColumns(cells);
  return columns !== undefined && heightInColumns(columns, ...cells) <= ROOM;
}

/** Two outputs have no room in one column; text in columns is narrow, so it must be worth it. */
function inColumns(cells: Cell[]): Columns | undefined {
  const [shown, ...others] = cells.filter(cell => isCode(cell) && cell.outputs.length > 0);
  return shown && others.length === 0 && heightOf(...cells) > ROOM ? columnsFor(shown) : undefined;
}

/** The figures of a cell, without the cell's source; a pad works only once. */
function again(cell: CodeCell): CodeCell[] {
  const figures = displays(cell).filter(data => PLOTLY in data);
  if (figures.length === 0) return [];
  const metadata = { ...cell.metadata, transient: { remove_source: true } };
  const outputs = figures.map(data => ({
    output_type: 'display_data' as const,
    data,
    metadata: {},
  }));
  return [{ ...cell, metadata, source: '', outputs }];
}
