/** Describes a cell's errors, in either kernel. */
import { inspected } from '../script/inspected';
import { names } from '../script/parameters';
import type { CellSyntaxError } from '../script/syntax';
import type { Failed } from '../worker-messages';
import { hintFor } from './hints';
import { type Frame, framesOf, lineAt, type Place, sources } from './mend';

export interface Fault {
  readonly name: string;
  readonly message: string;
  /** Innermost first. */
  readonly frames: readonly Frame[];
  /** A suggested correction, in the lesson's language. */
  readonly hint?: string | undefined;
  /** Text below the frames: the properties, and the errors that caused this error. */
  readonly causes?: readonly string[];
}

/** Maximum number of displayed frames per error. */
const MAX_FRAMES = 10;

// JupyterLab renders terminal colours.
const [RED, DIM, PLAIN] = ['\x1b[31m', '\x1b[2m', '\x1b[39;22m'];

/**
 * Formats the errors of a cell as the content of Jupyter's `error`. Consecutive errors with the same location
 * explain each other, so they share the location and the first hint. No hint is repeated.
 */
export function failed(...faults: readonly Fault[]): Failed {
  const shownHints = new Set<string | undefined>([undefined]);
  let hint: string | undefined;
  const traceback = faults.flatMap((fault, i) => {
    const title = `${RED}${fault.name}${PLAIN}: ${fault.message}`;
    const [place, next] = [fault, faults[i + 1]].map(item => item?.frames[0]);
    hint ??= fault.hint;
    if (typeof place === 'object' && next && formatFrame(place) === formatFrame(next)) return title;
    const hintLines = shownHints.has(hint) ? [] : [`    ${hint}`];
    shownHints.add(hint);
    hint = undefined;
    return [title, ...detailsOf(fault), ...hintLines];
  });
  const { name = 'Error', message = '' } = faults[0] ?? {};
  return { status: 'error', ename: name, evalue: message, traceback };
}

/** Returns the lines below an error's message. */
function detailsOf({ frames, causes = [] }: Fault): string[] {
  // A recursion repeats a frame many times.
  const lines = frames.map(formatFrame).filter((frame, i, all) => frame !== all[i - 1]);
  return [...lines.slice(0, MAX_FRAMES).flatMap(frame => frame.split('\n')), ...causes];
}

/** Maximum number of displayed characters of a line, in total and before the column. */
const [MAX_WIDTH, MAX_PREFIX] = [160, 100];

function formatFrame(frame: Frame): string {
  if (typeof frame === 'string') return `    ${frame}`;
  const { cell, line, column } = frame;
  const source = lineAt(frame);
  const indent = source.length - source.trimStart().length;
  // A line with data may be very long.
  const from = Math.max(indent, source.length > MAX_WIDTH ? (column ?? 0) - MAX_PREFIX : 0);
  const part = source.slice(from, from + MAX_WIDTH).trimEnd();
  return [
    `    at cell [${cell}], line ${line}`,
    ...(part ? [`      ${DIM}${part}${PLAIN}`] : []),
    ...(column === undefined ? [] : [`      ${' '.repeat(Math.max(0, column - from))}^`]),
  ].join('\n');
}

/** TypeScript's diagnostic of the cell, or of a local module (`fileName`, relative to the notebook's folder). */
export interface Diagnostic {
  /** Line and character are counted from 0. */
  readonly start: { readonly offset: number; readonly line: number; readonly character: number };
  readonly messageText: string;
  readonly code: number;
  readonly fileName?: string | undefined;
}

/** Formats TypeScript's diagnostics of a cell that did not run. */
export function failedToCompile(diagnostics: readonly Diagnostic[], cell: number): Failed {
  // After a syntax error, type errors are meaningless.
  const syntaxErrors = diagnostics.filter(({ code }) => code < 2000);
  const hasSyntaxErrors = syntaxErrors.length > 0;
  const name = hasSyntaxErrors ? 'SyntaxError' : 'TypeScriptError';
  const faults = (hasSyntaxErrors ? syntaxErrors : diagnostics).map((diagnostic): Fault => {
    const { start, fileName, messageText: message } = diagnostic;
    const [line, column] = [start.line + 1, start.character];
    if (fileName) return { name, message, frames: [`at ${fileName}:${line}:${column + 1}`] };
    const hint = hintFor({ name, message, source: sources.get(cell) ?? '', line, column });
    return { name, message, frames: [{ cell, line, column }], hint };
  });
  // TypeScript reports each use of a missing name; show one error with the hint.
  const isFirst = ({ message, hint }: Fault, i: number) =>
    !hint || faults.findIndex(other => other.message === message && other.hint === hint) === i;
  return failed(...faults.filter(isFirst));
}

/** TypeScript has found errors in a cell. */
export class CheckFailure {
  constructor(readonly diagnostics: readonly Diagnostic[]) {}
}

/** Formats the exception of a cell. @param count the cell's execution count */
export function failedWith(error: unknown, count: number): Failed {
  try {
    if (error instanceof CheckFailure) return failedToCompile(error.diagnostics, count);
    return failed(faultOf(error, count));
  } catch {
    // A cell can throw any value, even an object with throwing getters.
    return failed({ name: 'Error', message: `Uncaught ${typeof error}`, frames: [] });
  }
}

/** Converts an exception with its causes. @param chain the errors that this error has caused: not repeated */
function faultOf(error: unknown, count: number, chain: readonly unknown[] = []): Fault {
  // A syntax error has the location. An import of the class would also load the parser.
  const { place } = error instanceof SyntaxError ? (error as Partial<CellSyntaxError>) : {};
  const frames = place ? [{ cell: count, ...place }] : framesOf(error);
  if (!(error instanceof Error)) {
    return { name: 'Error', message: `Uncaught ${inspected(error)}`, frames };
  }
  const [name, message] = [String(error.name), String(error.message)];
  const location = frames.find(frame => typeof frame !== 'string');
  const { cell = count, line = 0, column }: Partial<Place> = location ?? {};
  const source = sources.get(cell) ?? '';
  const hint = hintFor({ name, message, source, line, column, known: names });
  const errors: readonly unknown[] = error instanceof AggregateError ? error.errors : [];
  const related = errors.map((item, i) => [`errors[${i}]`, item] as const);
  const newChain = [...chain, error];
  const causes = [['cause', error.cause] as const, ...related]
    .filter(([, cause]) => cause !== undefined && !newChain.includes(cause))
    .flatMap(([relation, cause]) => {
      if (!(cause instanceof Error)) return `  [${relation}] ${inspected(cause)}`;
      const fault = faultOf(cause, count, newChain);
      return [`  [${relation}] ${fault.name}: ${fault.message}`, ...detailsOf(fault)];
    });
  return { name, message, frames, hint, causes: [...propertiesOf(error), ...causes] };
}

type Members = Readonly<Record<string, unknown>>;

/** Shows the properties of an error, if its class is built-in or from a cell. Other classes document the properties. */
function propertiesOf(error: Error): string[] {
  // `place` is the kernel's own, and Node's `requireStack` lists files of the kernel.
  const { name, cause, place, requireStack, ...properties } = error as Error & Members;
  if (Object.keys(properties).length === 0) return [];
  const builtIn: unknown = Reflect.get(globalThis, error.constructor.name);
  const isShown = [builtIn, ...Object.values(names)].includes(error.constructor);
  return isShown ? [`  ${inspected(properties).replaceAll('\n', '\n  ')}`] : [];
}
