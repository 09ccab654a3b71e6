/** How a cell's error reads: its name, its message, and the lines of the cells that led to it. */

import { text } from 'digits/language';
import { inspect } from 'node-inspect-extracted';
import type { Failed } from '../messages';
import { CellSyntaxError } from './compile/strip-types';

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
  const unread = error instanceof CellSyntaxError ? error.place : undefined;
  const places = unread ? [{ count, line: unread.line }] : placesIn(error);
  const lines = places.flatMap(({ count: cell, line }) => {
    const source = sourceOf(cell)?.split('\n')[line - 1] ?? '';
    const shown = source.trim();
    const indent = source.length - source.trimStart().length;
    return [
      `    at cell [${cell}], line ${line}`,
      ...(shown ? [`      ${DIM}${shown}${PLAIN}`] : []),
      ...(unread ? [`      ${' '.repeat(Math.max(0, unread.column - indent))}^`] : []),
      ...(unread ? punctuation(source, unread.column) : []),
    ];
  });
  return {
    status: 'error',
    ename: name,
    evalue: message,
    traceback: [`${RED}${name}${PLAIN}: ${message}`, ...lines],
  };
}

/** Signs of Chinese keyboards, and what stands for them in code. */
const SIGNS: Readonly<Record<string, string>> = {
  '；': ';',
  '，': ',',
  '（': '(',
  '）': ')',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '：': ':',
  '。': '.',
  '【': '[',
  '】': ']',
};

function punctuation(source: string, column: number): string[] {
  const sign = [...source.slice(Math.max(0, column - 1))].find(character => character in SIGNS);
  if (!sign) return [];
  const hint = text({
    zh: `“${sign}”是中文标点，请换成英文的 ${SIGNS[sign]}`,
    en: `"${sign}" is a Chinese punctuation mark; write ${SIGNS[sign]}`,
  });
  return [`    ${hint}`];
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

/** Frames of the kernel's own program, whose addresses nobody can read, as browsers write them. */
const OWN_FRAME = /\n(?: +at |[^\n@]*@)[^\n]*\b(?:https?|blob):[^\n]*/g;
const CELL_FRAME = /(?: eval)?[ @]\(?cell-(\d+)\.ts:(\d+)(?::\d+)?\)?/g;

/** Writes the stacks in a text as those of the cells. */
export const inCells = (text: string): string =>
  /\bcell-\d+\.ts:|\b(?:https?|blob):/.test(text) && /\n +at |@/.test(text)
    ? text.replace(OWN_FRAME, '').replace(CELL_FRAME, ' cell [$1], line $2')
    : text;

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
