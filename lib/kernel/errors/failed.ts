/** Describes a cell's errors, in either kernel. */
import { inspected } from '../output-buffer';
import { names } from '../script/parameters';
import type { CellSyntaxError } from '../script/syntax';
import type { Failed } from '../worker-messages';
import { hintFor } from './hints';
import { type Frame, framesOf, lineAt, type Place, sources } from './mend';

/** An error of a cell. */
export interface Fault {
  readonly name: string;
  readonly message: string;
  /** Innermost first. */
  readonly frames: readonly Frame[];
  /** What to write instead, in the lesson's language. */
  readonly hint?: string | undefined;
  /** What stands below the frames: the errors that led to this one. */
  readonly causes?: readonly string[];
}

/** The most frames that are shown of an error. */
const MOST = 10;

// The colours of a terminal, which JupyterLab knows.
const [RED, DIM, PLAIN] = ['\x1b[31m', '\x1b[2m', '\x1b[39;22m'];

/**
 * Describes the errors of a cell as Jupyter's `error` does. Those of one place, of which each explains the one
 * before it, share the place and the first hint that there is; no hint is given twice.
 */
export function failed(...faults: readonly Fault[]): Failed {
  const told = new Set<string | undefined>([undefined]);
  let hint: string | undefined;
  const traceback = faults.flatMap((fault, i) => {
    const title = `${RED}${fault.name}${PLAIN}: ${fault.message}`;
    const [place, next] = [fault, faults[i + 1]].map(each => each?.frames[0]);
    hint ??= fault.hint;
    if (typeof place === 'object' && next && shown(place) === shown(next)) return title;
    const news = told.has(hint) ? [] : [`    ${hint}`];
    told.add(hint);
    hint = undefined;
    return [title, ...below(fault), ...news];
  });
  const { name = 'Error', message = '' } = faults[0] ?? {};
  return { status: 'error', ename: name, evalue: message, traceback };
}

/** Lists what stands below an error's message. */
function below({ frames, causes = [] }: Fault): string[] {
  // A recursion stands there many times.
  const lines = frames.map(shown).filter((frame, i, all) => frame !== all[i - 1]);
  return [...lines.slice(0, MOST).flatMap(frame => frame.split('\n')), ...causes];
}

/** The most of a line that is shown, and how much of it before the place. */
const [WIDTH, BEFORE] = [160, 100];

function shown(frame: Frame): string {
  if (typeof frame === 'string') return `    ${frame}`;
  const { cell, line, column } = frame;
  const source = lineAt(frame);
  const indent = source.length - source.trimStart().length;
  // Data may stand in one line.
  const from = Math.max(indent, source.length > WIDTH ? (column ?? 0) - BEFORE : 0);
  const part = source.slice(from, from + WIDTH).trimEnd();
  return [
    `    at cell [${cell}], line ${line}`,
    ...(part ? [`      ${DIM}${part}${PLAIN}`] : []),
    ...(column === undefined ? [] : [`      ${' '.repeat(Math.max(0, column - from))}^`]),
  ].join('\n');
}

/** What TypeScript has found, in the cell or in a module beside the notebook, which is named from its folder on. */
export interface Diagnostic {
  /** From 0 on. */
  readonly start: { readonly offset: number; readonly line: number; readonly character: number };
  readonly messageText: string;
  readonly code: number;
  readonly fileName?: string | undefined;
}

/** Describes what TypeScript has found in a cell, which did not run. */
export function failedToCompile(diagnostics: readonly Diagnostic[], cell: number): Failed {
  // Where a cell cannot be read, its types say nothing.
  const unread = diagnostics.filter(({ code }) => code < 2000);
  const name = unread.length > 0 ? 'SyntaxError' : 'TypeScriptError';
  const faults = (unread.length > 0 ? unread : diagnostics).map((found): Fault => {
    const { start, fileName, messageText: message } = found;
    const [line, column] = [start.line + 1, start.character];
    if (fileName) return { name, message, frames: [`at ${fileName}:${line}:${column + 1}`] };
    const hint = hintFor({ name, message, source: sources.get(cell) ?? '', line, column });
    return { name, message, frames: [{ cell, line, column }], hint };
  });
  // A name that is missing is a fault wherever it stands; what to do about it is said once.
  const isFirst = ({ message, hint }: Fault, i: number) =>
    !hint || faults.findIndex(other => other.message === message && other.hint === hint) === i;
  return failed(...faults.filter(isFirst));
}

/** Describes how a cell failed, by its number and what it threw. */
export function failedWith(error: unknown, count: number): Failed {
  try {
    return failed(faultOf(error, count));
  } catch {
    // Anything can be thrown, even what throws when it is looked at.
    return failed({ name: 'Error', message: `Uncaught ${typeof error}`, frames: [] });
  }
}

/** Describes what a cell threw, with its causes, but for those errors to which it led. */
function faultOf(error: unknown, count: number, led: readonly unknown[] = []): Fault {
  // A cell that cannot be read knows the place. Not by its class, with which a parser would be loaded.
  const { place } = error instanceof SyntaxError ? (error as Partial<CellSyntaxError>) : {};
  const frames = place ? [{ cell: count, ...place }] : framesOf(error);
  if (!(error instanceof Error)) {
    return { name: 'Error', message: `Uncaught ${inspected(error)}`, frames };
  }
  const [name, message] = [String(error.name), String(error.message)];
  const at = frames.find(frame => typeof frame !== 'string');
  const { cell = count, line = 0, column }: Partial<Place> = at ?? {};
  const source = sources.get(cell) ?? '';
  const hint = hintFor({ name, message, source, line, column, known: names });
  const gathered: readonly unknown[] = error instanceof AggregateError ? error.errors : [];
  const related = gathered.map((each, i) => [`errors[${i}]`, each] as const);
  const before = [...led, error];
  const causes = [['cause', error.cause] as const, ...related]
    .filter(([, cause]) => cause instanceof Error && !before.includes(cause))
    .flatMap(([relation, cause]) => {
      const fault = faultOf(cause, count, before);
      return [`  [${relation}] ${fault.name}: ${fault.message}`, ...below(fault)];
    });
  return { name, message, frames, hint, causes };
}
