/** How a cell's error reads: its name, its message, and the lines of the cells that led to it. */

import { inspect } from 'node-inspect-extracted';
import { CellSyntaxError } from './compile/strip-types';
import type { Failed } from './messages';

/** The names by which the scripts of the cells stand in stacks; with a number that each run has for itself. */
export const scriptName = (count: number): string => `cell-${count}.ts`;

/** A place in a cell. */
interface Place {
  /** The cell's number, as in `[3]`. */
  readonly count: number;
  /** From 1 on. */
  readonly line: number;
}

/**
 * Describes what a cell threw.
 *
 * @param count the number of the cell that ran.
 * @param sourceOf returns the source of a cell.
 */
export function failure(
  error: unknown,
  count: number,
  sourceOf: (count: number) => string | undefined,
): Failed {
  const { name, message } = nameAndMessage(error);
  const places =
    error instanceof CellSyntaxError ? [{ count, line: error.place.line }] : placesIn(error);
  const lines = places.flatMap(({ count: cell, line }) => {
    const text = sourceOf(cell)?.split('\n')[line - 1]?.trim() ?? '';
    return [
      `    at cell [${cell}], line ${line}`,
      ...(text ? [`      ${DIM}${text}${PLAIN}`] : []),
    ];
  });
  return {
    status: 'error',
    ename: name,
    evalue: message,
    traceback: [`${RED}${name}${PLAIN}: ${message}`, ...lines],
  };
}

// The colours of a terminal, which JupyterLab knows.
const [RED, DIM, PLAIN] = ['\x1b[31m', '\x1b[2m', '\x1b[39;22m'];

/** How names stand in the compiled script, which the browser quotes. */
const OURS = /\(0 ?, ?__(?:names|checked)\.([\w$]+)\)|\b__(?:names|checked)\./g;

function nameAndMessage(error: unknown): { name: string; message: string } {
  if (error instanceof Error) {
    return { name: error.name, message: error.message.replace(OURS, (_, name = '') => name) };
  }
  return { name: 'Error', message: `Uncaught ${inspect(error)}` };
}

/** The most places that are shown. */
const MOST = 10;

/** Finds the cells' lines in a stack: Chromium writes `at f (cell-3.ts:2:5)`, Firefox `f@cell-3.ts:2:5`. */
function placesIn(error: unknown): Place[] {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const found = Array.from(stack.matchAll(/\bcell-(\d+)\.ts:(\d+)/g), ([, count, line]) => ({
    count: Number(count),
    line: Number(line),
  }));
  const same = (a?: Place, b?: Place) => a?.count === b?.count && a?.line === b?.line;
  // A recursion stands there many times.
  return found.filter((place, i) => !same(place, found[i - 1])).slice(0, MOST);
}
