/** How a cell's error reads: its name, its message, and the lines of the cells that led to it. */

import { inspect } from 'node-inspect-extracted';
import { failed, faultOf, type Place } from '../errors/failed';
import { CellSyntaxError } from '../script/syntax';
import type { Failed } from '../worker-messages';
import { framesOf } from './errors';

/** What a cell's error is read with. */
interface Cells {
  /** The number of the cell that ran. */
  readonly count: number;
  readonly sourceOf: (count: number) => string | undefined;
  /** The names that the cells have made. */
  readonly known: Readonly<Record<string, unknown>>;
}

/** Describes what a cell threw. */
export function failure(error: unknown, { count, sourceOf, known: names }: Cells): Failed {
  const framesOf = (thrown: unknown) => placesIn(thrown, count, sourceOf);
  try {
    return failed(faultOf(error, { count, framesOf, sourceOf, inspect, names }));
  } catch {
    // Anything can be thrown, also what throws where it is looked at.
    return failed({ name: 'Error', message: `Uncaught ${typeof error}`, frames: [] });
  }
}

/** Finds the cells' lines; their columns are those of the scripts. */
function placesIn(error: unknown, count: number, sourceOf: Cells['sourceOf']): Place[] {
  const place = (cell: number, line: number, column?: number) => {
    const source = sourceOf(cell)?.split('\n')[line - 1] ?? '';
    return { cell, line, column, source };
  };
  if (error instanceof CellSyntaxError) return [place(count, error.place.line, error.place.column)];
  return error instanceof Error ? framesOf(error).map(({ cell, line }) => place(cell, line)) : [];
}
