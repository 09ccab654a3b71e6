/**
 * Makes errors alike in all browsers: with Chromium's words, which are Node's, and a stack that begins
 * with name and message and goes on with the lines of the cells. Describes the one that ended a cell.
 */
import { inspect } from 'node-inspect-extracted';
import { failedWith, type Known, type Place } from '../errors/failed';
import { chainOf } from '../errors/values';
import { unshared } from '../script/parameters';
import { CellSyntaxError } from '../script/syntax';
import type { Failed } from '../worker-messages';
import { cellAt } from './scripts';

interface Frame {
  readonly cell: number;
  /** From 1 on. */
  readonly line: number;
  /** What ran there, as the browser calls it; may be empty. */
  readonly what: string;
}

const mended = new WeakMap<Error, readonly Frame[]>();

/** Returns the lines of the cells that led to an error, the innermost first. */
const framesOf = (error: Error): readonly Frame[] => mended.get(mend(error)) ?? [];

/** Makes an error as all browsers show it, in place; what is no error stays as it is. */
export function mend<T>(error: T): T {
  try {
    if (error instanceof Error && !mended.has(error)) reword(error);
  } catch {
    // Its members are a cell's, and may throw.
  }
  return error;
}

function reword(error: Error): void {
  const frames = framesIn(error);
  mended.set(error, frames);
  if (error.name === 'InternalError') Object.setPrototypeOf(error, RangeError.prototype);
  const message = inOurWords(error.message);
  if (message !== error.message) define(error, 'message', message);
  const lines = frames.map(({ cell, line, what }) => {
    const place = `cell [${cell}], line ${line}`;
    return `\n    at ${what ? `${what} (${place})` : place}`;
  });
  if (isStack(error.stack)) define(error, 'stack', `${error}${lines.join('')}`);
}

// So that an error is mended wherever it is printed, also within other values.
Object.defineProperty(Error.prototype, inspect.custom, {
  value(this: Error) {
    return mend(this);
  },
});

/** Leaves what is frozen. */
const define = (error: Error, name: string, value: string): boolean =>
  Reflect.defineProperty(error, name, { value, writable: true, configurable: true });

/** Tells whether it is a browser's, and not a cell's own text. */
const isStack = (stack: unknown): boolean => stack === '' || /^ +at |@/m.test(String(stack));

/** Chromium writes `    at f (blob:…:2:5)`, the others `f@blob:…:2:5`. */
const FRAME = /^(?: +at )?(.*?)(?: \(|@)?(blob:\S+?):(\d+)(?::\d+)?\)?$/gm;

/** Where Firefox and WebKit say that a script cannot be read. */
interface UnreadPlace {
  readonly fileName?: string;
  readonly lineNumber?: number;
  readonly sourceURL?: string;
  readonly line?: number;
}

function framesIn(error: Error & UnreadPlace): Frame[] {
  const { fileName, lineNumber, sourceURL = fileName, line = lineNumber } = error;
  const all = [...String(error.stack).matchAll(FRAME)];
  const places = all.length > 0 ? all : [['', '', sourceURL, line]];
  const frames = places.flatMap(([, what = '', address, line]) => {
    const cell = cellAt(String(address));
    return cell === undefined ? [] : { cell, line: Number(line), what: String(what) };
  });
  // As Chromium does, leaves out the error's own constructors.
  const classes = new Set(chainOf(error).map(each => each.constructor.name));
  const first = frames.findIndex(({ what }) => !classes.has(what));
  return first < 0 ? frames : frames.slice(first);
}

/** What browsers say otherwise than Chromium. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^too much recursion$/, 'Maximum call stack size exceeded'],
  [/^(Maximum call stack .*|Cannot access '.*)\.$/, '$1'],
  [/^can't access lexical declaration ('.*')/, 'Cannot access $1'],
  [/^(.*) is not a function\. \(In '.*\)$/s, '$1 is not a function'],
  [/^can't access property Symbol\.\w+(?:, .* is| of) (undefined|null)$/s, '$1 is not iterable'],
  [
    /^can't access property "?(.*?)"?(?:, .* is| of) (undefined|null)$/s,
    "Cannot read properties of $2 (reading '$1')",
  ],
  [/^(undefined|null) is not an object \(near '.*'\)$/s, 'Cannot read properties of $1'],
  [
    /^(undefined|null) is not an object \(evaluating '[^=]*\.([\w$]+) = .*'\)$/s,
    "Cannot set properties of $1 (setting '$2')",
  ],
  [
    /^(undefined|null) is not an object \(evaluating '.*(?:\.([\w$]+)|\[(?:(\d+)|["'](.*)["'])\])'\)$/s,
    "Cannot read properties of $1 (reading '$2$3$4')",
  ],
];

const inOurWords = (message: string): string =>
  WORDS.reduce((said, [theirs, ours]) => said.replace(theirs, ours), unshared(message));

export function failure(
  error: unknown,
  count: number,
  sourceOf: Known['sourceOf'],
  names: Known['names'],
): Failed {
  const places = (thrown: unknown) => placesIn(thrown, count, sourceOf);
  return failedWith(error, { count, framesOf: places, sourceOf, inspect, names });
}

/** Finds the cells' lines; their columns are those of the scripts. */
function placesIn(error: unknown, count: number, sourceOf: Known['sourceOf']): Place[] {
  const place = (cell: number, line: number, column?: number) => {
    const source = sourceOf(cell)?.split('\n')[line - 1] ?? '';
    return { cell, line, column, source };
  };
  if (error instanceof CellSyntaxError) return [place(count, error.place.line, error.place.column)];
  return error instanceof Error ? framesOf(error).map(({ cell, line }) => place(cell, line)) : [];
}
