/** How a cell's error reads: its name, its message, and the lines of the cells that led to it. */

import { inspect } from 'node-inspect-extracted';
import { failed, type Place } from '../errors/failed';
import { faultOf } from '../errors/thrown';
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
export const failure = (error: unknown, { count, sourceOf, known }: Cells): Failed =>
  failed(
    faultOf(error, {
      messageOf: ({ message }) => message.replace(OURS, (_, name = '') => name),
      framesOf: thrown => placesIn(thrown, count, sourceOf),
      ...{ count, sourceOf, inspect, names: known },
    }),
  );

/** How names stand in the compiled script, which the browser quotes. */
const OURS = /\(0 ?, ?__(?:names|checked)\.([\w$]+)\)|\b__(?:names|checked)\./g;

/** Frames of the kernel's own program, whose addresses nobody can read, as browsers write them. */
const OWN_FRAME = /\n(?: +at |[^\n@]*@)[^\n]*\b(?:https?|blob):[^\n]*/g;
const CELL_FRAME = /(?: eval)?[ @]\(?cell-(\d+)\.ts:(\d+)(?::\d+)?\)?/g;

/** Writes the stacks in a text as those of the cells. */
export const inCells = (text: string): string =>
  /\bcell-\d+\.ts:|\b(?:https?|blob):/.test(text) && /\n +at |@/.test(text)
    ? text.replace(OWN_FRAME, '').replace(CELL_FRAME, ' cell [$1], line $2')
    : text;

/** Finds the cells' lines in a stack: Chromium writes `at f (cell-3.ts:2:5)`, Firefox `f@cell-3.ts:2:5`. */
function placesIn(error: unknown, count: number, sourceOf: Cells['sourceOf']): Place[] {
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
