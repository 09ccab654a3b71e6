/** Makes errors alike in all engines: V8's words, and a stack of their name, message and the lines of the cells. */
import { inspect } from 'node:util';
import { inOurWords } from './words';

/** A place in a cell. */
export interface Place {
  /** The cell's number, as in `[3]`. */
  readonly cell: number;
  /** From 1 on. */
  readonly line: number;
  /** From 0 on; a caret is put below it. */
  readonly column?: number | undefined;
  /** The function that ran there, if it has a name. */
  readonly what?: string;
}

/** A place in a cell, or another frame's text, such as `at nudge (lib/digits/figures/nudge.ts:22:3)`. */
export type Frame = Place | string;

/** The sources of the cells by their numbers. */
export const sources = new Map<number, string>();

export const lineAt = ({ cell, line }: Place): string =>
  sources.get(cell)?.split('\n')[line - 1] ?? '';

// A library calls itself often before it throws, and the cell is the last in the row.
Error.stackTraceLimit = 50;

let read: (error: Error) => readonly Frame[] = () => [];

/** Has errors mended wherever they are printed; the reader finds the frames in an engine's stack, innermost first. */
export function mendErrors(reader: typeof read): void {
  read = reader;
  const value = function (this: Error) {
    return mend(this);
  };
  Object.defineProperty(Error.prototype, inspect.custom, { value });
}

const mended = new WeakMap<Error, readonly Frame[]>();

/** Lists where an error was made, innermost first; nothing for what is no error. */
export const framesOf = (error: unknown): readonly Frame[] =>
  error instanceof Error ? (mended.get(mend(error)) ?? []) : [];

/** Makes an error as all engines show it, in place; what is no error stays as it is. */
export function mend<T>(error: T): T {
  try {
    if (error instanceof Error && !mended.has(error)) reword(error);
  } catch {
    // Its members are a cell's, and may throw.
  }
  return error;
}

/** Lists an object and those that it inherits from. */
function chainOf(value: unknown): object[] {
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
  return isObject ? [value, ...chainOf(Object.getPrototypeOf(value))] : [];
}

function reword(error: Error): void {
  const all = read(error);
  // As V8 does, leaves out the error's own constructors.
  const classes = new Set<unknown>(chainOf(error).map(each => each.constructor.name));
  const first = all.findIndex(frame => typeof frame === 'string' || !classes.has(frame.what));
  const frames = all.slice(Math.max(0, first));
  mended.set(error, frames);
  if (error.name === 'InternalError') Object.setPrototypeOf(error, RangeError.prototype);
  const line = typeof frames[0] === 'object' ? lineAt(frames[0]) : '';
  const message = inOurWords(error.message, line);
  if (message !== error.message) define(error, 'message', message);
  if (isStack(error.stack)) define(error, 'stack', String(error) + frames.map(written).join(''));
}

/** Writes a frame as a stack has it. */
function written(frame: Frame): string {
  if (typeof frame === 'string') return `\n    ${frame}`;
  const place = `cell [${frame.cell}], line ${frame.line}`;
  return frame.what ? `\n    at ${frame.what} (${place})` : `\n    at ${place}`;
}

/** Leaves what is frozen. */
const define = (error: Error, name: string, value: string): boolean =>
  Reflect.defineProperty(error, name, { value, writable: true, configurable: true });

/** Tells whether it is an engine's, and not a cell's own text. */
const isStack = (stack: unknown): boolean => stack === '' || /^ +at |@/m.test(String(stack));

/** Takes the function's own name from what an engine calls it: `new A`, `Object.f [as g]`, `async f`, `f/g<`. */
export const functionIn = (called = ''): string =>
  /(?:^|[\s./*])([\p{L}\w$]+)(?: \[as [^[\]]*\])?$/u.exec(called.replace(/^async$/, ''))?.[1] ?? '';
