/** How a cell's error reads: its name, its message, and the lines of the cells that led to it. */

import { inspect } from 'node-inspect-extracted';
import { type Fault, failed, type Place } from '../errors/failed';
import { hintFor } from '../errors/hints';
import type { Failed } from '../messages';
import { CellSyntaxError } from './compile/strip-types';

/** The names by which the scripts of the cells stand in stacks; with a number that each run has for itself. */
export const scriptName = (count: number): string => `cell-${count}.ts`;

/** What a cell's error is read with. */
interface Cells {
  /** The number of the cell that ran. */
  readonly count: number;
  readonly sourceOf: (count: number) => string | undefined;
  /** The names that the cells have made. */
  readonly known: Readonly<Record<string, unknown>>;
}

/** Describes what a cell threw. */
export const failure = (error: unknown, cells: Cells): Failed => failed(faultOf(error, cells));

/** @param led the errors to which this one led. */
function faultOf(error: unknown, cells: Cells, led: readonly unknown[] = []): Fault {
  const { name, message } = nameAndMessage(error);
  const frames = placesIn(error, cells);
  const [{ cell, line, column } = { cell: cells.count, line: 0, column: undefined }] = frames;
  const source = cells.sourceOf(cell) ?? '';
  const hint = hintFor({ name, message, source, line, column, known: cells.known });
  const before = [...led, error];
  const cause = error instanceof Error ? error.cause : undefined;
  const isNew = cause instanceof Error && !before.includes(cause);
  return { name, message, frames, hint, cause: isNew ? faultOf(cause, cells, before) : undefined };
}

/** How names stand in the compiled script, which the browser quotes. */
const OURS = /\(0 ?, ?__(?:names|checked)\.([\w$]+)\)|\b__(?:names|checked)\./g;

function nameAndMessage(error: unknown): { name: string; message: string } {
  if (error instanceof Error) {
    return { name: error.name, message: error.message.replace(OURS, (_, name = '') => name) };
  }
  return { name: 'Error', message: `Uncaught ${inspect(error)}` };
}

/** Frames of the kernel's own program, whose addresses nobody can read, as browsers write them. */
const OWN_FRAME = /\n(?: +at |[^\n@]*@)[^\n]*\b(?:https?|blob):[^\n]*/g;
const CELL_FRAME = /(?: eval)?[ @]\(?cell-(\d+)\.ts:(\d+)(?::\d+)?\)?/g;

/** Writes the stacks in a text as those of the cells. */
export const inCells = (text: string): string =>
  /\bcell-\d+\.ts:|\b(?:https?|blob):/.test(text) && /\n +at |@/.test(text)
    ? text.replace(OWN_FRAME, '').replace(CELL_FRAME, ' cell [$1], line $2')
    : text;

/** Finds the cells' lines in a stack: Chromium writes `at f (cell-3.ts:2:5)`, Firefox `f@cell-3.ts:2:5`. */
function placesIn(error: unknown, { count, sourceOf }: Cells): Place[] {
  const place = (cell: number, line: number, column?: number) => {
    const source = sourceOf(cell)?.split('\n')[line - 1] ?? '';
    return { cell, line, column, source };
  };
  if (error instanceof CellSyntaxError) return [place(count, error.place.line, error.place.column)];
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  // The columns are those of the script.
  return Array.from(stack.matchAll(/\bcell-(\d+)\.ts:(\d+)/g), ([, cell, line]) =>
    place(Number(cell), Number(line)),
  );
}
