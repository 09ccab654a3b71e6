/** Normalizes errors of all engines: V8's messages, and stacks with the lines of the cells. */
import { inspect } from 'node:util';
import { toV8Words } from './words';

export interface Place {
  /** Execution count of the cell, as in `[3]`. */
  readonly cell: number;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 0; shown by a caret. */
  readonly column?: number | undefined;
  readonly functionName?: string;
}

/** A location in a cell, or the text of another frame, such as `at nudge (lib/digits/figures/nudge.ts:22:3)`. */
export type Frame = Place | string;

/** Sources of the cells by execution count. */
export const sources = new Map<number, string>();

export const lineAt = ({ cell, line }: Place): string =>
  sources.get(cell)?.split('\n')[line - 1] ?? '';

// The cell is the outermost frame, after many frames of a library.
Error.stackTraceLimit = 50;

let readFrames: (error: Error) => readonly Frame[] = () => [];

/** Normalizes all printed errors. @param reader parses an engine's stack, innermost frame first */
export function mendErrors(reader: typeof readFrames): void {
  readFrames = reader;
  const value = function (this: Error) {
    return mend(this);
  };
  Object.defineProperty(Error.prototype, inspect.custom, { value });
}

/** Frames of the errors that are already normalized. */
const frameCache = new WeakMap<Error, readonly Frame[]>();

/** Returns the frames of an error, innermost first, or an empty array for other values. */
export const framesOf = (error: unknown): readonly Frame[] =>
  error instanceof Error ? (frameCache.get(mend(error)) ?? []) : [];

/** Normalizes an error in place, and returns the value. Other values stay unchanged. */
export function mend<T>(error: T): T {
  try {
    if (error instanceof Error && !frameCache.has(error)) reword(error);
  } catch {
    // A cell may define members that throw.
  }
  return error;
}

function chainOf(value: unknown): object[] {
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
  return isObject ? [value, ...chainOf(Object.getPrototypeOf(value))] : [];
}

function reword(error: Error): void {
  const allFrames = readFrames(error);
  // Like V8, omit the constructors of the error.
  const classes = new Set<unknown>(chainOf(error).map(item => item.constructor.name));
  const first = allFrames.findIndex(
    frame => typeof frame === 'string' || !classes.has(frame.functionName),
  );
  const frames = allFrames.slice(Math.max(0, first));
  frameCache.set(error, frames);
  if (error.name === 'InternalError') Object.setPrototypeOf(error, RangeError.prototype);
  const line = typeof frames[0] === 'object' ? lineAt(frames[0]) : '';
  const message = toV8Words(error.message, line);
  if (message !== error.message) define(error, 'message', message);
  if (isStack(error.stack))
    define(error, 'stack', String(error) + frames.map(toStackLine).join(''));
}

function toStackLine(frame: Frame): string {
  if (typeof frame === 'string') return `\n    ${frame}`;
  const place = `cell [${frame.cell}], line ${frame.line}`;
  return frame.functionName ? `\n    at ${frame.functionName} (${place})` : `\n    at ${place}`;
}

/** Defines a property, unless the error is frozen. */
const define = (error: Error, name: string, value: string): boolean =>
  Reflect.defineProperty(error, name, { value, writable: true, configurable: true });

/** Returns whether a stack was written by an engine rather than by a cell. */
const isStack = (stack: unknown): boolean => stack === '' || /^ +at |@/m.test(String(stack));

/** Extracts the function name from an engine's notation: `new A`, `Object.f [as g]`, `async f`, `f/g<`. */
export const functionIn = (notation = ''): string =>
  /(?:^|[\s./*])([\p{L}\w$]+)(?: \[as [^[\]]*\])?$/u.exec(notation.replace(/^async$/, ''))?.[1] ??
  '';
