/** Describes a cell's errors, in either kernel. */
import { inspected } from '../output-buffer';
import type { CellSyntaxError } from '../script/syntax';
import type { Failed } from '../worker-messages';
import { hintFor } from './hints';
import { type Frame, framesOf, lineOf, type Place } from './mend';
import { inOurWords } from './words';

/** An error of a cell. */
export interface Fault {
  readonly name: string;
  readonly message: string;
  /** Innermost first. */
  readonly frames: readonly Frame[];
  /** What to write instead, in the lesson's language. */
  readonly hint?: string | undefined;
  /** The errors that led to this one, each with what it is to it. */
  readonly causes?: readonly (readonly [relation: string, Fault])[];
}

/** The most frames that are shown of an error. */
const MOST = 10;

// The colours of a terminal, which JupyterLab knows.
const [RED, DIM, PLAIN] = ['\x1b[31m', '\x1b[2m', '\x1b[39;22m'];

/**
 * Describes the errors of a cell as Jupyter's `error` does. TypeScript may find several: those of one
 * place, of which each explains the one before it, share the place and the first hint that there is;
 * no hint is given twice.
 */
export function failed(...faults: readonly Fault[]): Failed {
  const told = new Set<string>();
  const traceback = byPlace(faults).flatMap(group => {
    const [hint] = group.flatMap(({ hint }) => hint ?? []);
    const isNew = hint !== undefined && !told.has(hint);
    if (isNew) told.add(hint);
    return [
      ...group.map(({ name, message }) => `${RED}${name}${PLAIN}: ${message}`),
      ...(group[0] ? below(group[0]) : []),
      ...(isNew ? [`    ${hint}`] : []),
    ];
  });
  const { name = 'Error', message = '' } = faults[0] ?? {};
  return { status: 'error', ename: name, evalue: message, traceback };
}

function byPlace(faults: readonly Fault[]): Fault[][] {
  const groups: Fault[][] = [];
  for (const fault of faults) {
    const last = groups.at(-1);
    const [place] = fault.frames;
    if (last && typeof place === 'object' && isSame(place, last[0]?.frames[0])) last.push(fault);
    else groups.push([fault]);
  }
  return groups;
}

/** Lists what stands below an error's message. */
function below({ frames, causes = [] }: Fault): string[] {
  // A recursion stands there many times.
  const shown = frames.filter((frame, i) => !isSame(frame, frames[i - 1])).slice(0, MOST);
  return [
    ...shown.flatMap(frame => (typeof frame === 'string' ? [`    ${frame}`] : placed(frame))),
    ...causes.flatMap(([relation, cause]) => [
      `  [${relation}] ${cause.name}: ${cause.message}`,
      ...below(cause),
    ]),
  ];
}

/** The most of a line that is shown, and how much of it before the place. */
const [WIDTH, BEFORE] = [160, 100];

function placed({ cell, line, column, source }: Place): string[] {
  const indent = source.length - source.trimStart().length;
  // Data may stand in one line.
  const from = Math.max(indent, source.length > WIDTH ? (column ?? 0) - BEFORE : 0);
  const shown = source.slice(from, from + WIDTH).trimEnd();
  return [
    `    at cell [${cell}], line ${line}`,
    ...(shown ? [`      ${DIM}${shown}${PLAIN}`] : []),
    ...(column === undefined ? [] : [`      ${' '.repeat(Math.max(0, column - from))}^`]),
  ];
}

function isSame(a: Frame, b: Frame | undefined): boolean {
  if (typeof a === 'string' || typeof b !== 'object') return a === b;
  return a.cell === b.cell && a.line === b.line && a.column === b.column;
}

/** What a kernel knows of an error. */
export interface Known {
  /** The number of the cell that ran. */
  readonly count: number;
  sourceOf(cell: number): string | undefined;
  /** The names that the cells have made, if TypeScript has not checked them. */
  readonly names?: Readonly<Record<string, unknown>>;
}

/** Describes how a cell failed, by what it threw. */
export function failedWith(error: unknown, known: Known): Failed {
  try {
    return failed(faultOf(error, known));
  } catch {
    // Anything can be thrown, even what throws when it is looked at.
    return failed({ name: 'Error', message: `Uncaught ${typeof error}`, frames: [] });
  }
}

/**
 * Describes what a cell threw, with its causes.
 *
 * @param led the errors to which this one led.
 */
function faultOf(error: unknown, known: Known, led: readonly unknown[] = []): Fault {
  const frames = placesOf(error, known);
  const isError = error instanceof Error;
  const name = isError ? String(error.name) : 'Error';
  const message = isError
    ? inOurWords(String(error.message), lineOf(frames))
    : `Uncaught ${inspected(error)}`;
  const place = frames.find((frame): frame is Place => typeof frame !== 'string');
  const { cell, line, column } = place ?? { cell: known.count, line: 0, column: undefined };
  const source = known.sourceOf(cell) ?? '';
  const hint = hintFor({ name, message, source, line, column, known: known.names });
  const before = [...led, error];
  const causes = relatedTo(error)
    .filter(([, cause]) => cause instanceof Error && !before.includes(cause))
    .map(([relation, cause]) => [relation, faultOf(cause, known, before)] as const);
  return { name, message, frames, hint, causes };
}

/** Lists the cause of an error, and those that an AggregateError gathers. */
function relatedTo(error: unknown): (readonly [relation: string, unknown])[] {
  if (!(error instanceof Error)) return [];
  const all: readonly unknown[] = error instanceof AggregateError ? error.errors : [];
  return [['cause', error.cause], ...all.map((each, i) => [`errors[${i}]`, each] as const)];
}

/** Lists where an error was thrown; a cell that cannot be read knows the place. */
function placesOf(error: unknown, { count, sourceOf }: Known): readonly Frame[] {
  if (!isUnread(error)) return framesOf(error);
  const source = sourceOf(count)?.split('\n')[error.place.line - 1] ?? '';
  return [{ cell: count, ...error.place, source }];
}

// Not by its class, with which a parser would be loaded.
const isUnread = (error: unknown): error is CellSyntaxError =>
  error instanceof SyntaxError && 'place' in error;
