/** Describes what TypeScript has found in a cell, in either kernel. */
import type { Failed } from '../worker-messages';
import { type Fault, failed } from './failed';
import { hintFor } from './hints';
import type { Place } from './mend';

/** What TypeScript has found. */
export interface Diagnostic {
  /** From 0 on. */
  readonly start: { readonly line: number; readonly character: number };
  readonly code: number;
  readonly messageText: string;
  /** The module where it is; without it, the cell. */
  readonly fileName?: string | undefined;
}

/** Describes how a cell failed that did not run. */
export function failedToCompile(
  diagnostics: readonly Diagnostic[],
  count: number,
  source: string,
): Failed {
  const lines = source.split('\n');
  // Where a cell cannot be read, its types say nothing.
  const unread = diagnostics.filter(isSyntax);
  const found = unread.length > 0 ? unread : diagnostics;
  const faults = found.map((diagnostic): Fault => {
    const { start, code, fileName, messageText: message } = diagnostic;
    const name = isSyntax(diagnostic) ? 'SyntaxError' : 'TypeScriptError';
    const [line, column] = [start.line + 1, start.character];
    if (fileName) return { name, message, frames: [`at ${fileName}:${line}:${column + 1}`] };
    const place: Place = { cell: count, line, column, source: lines[start.line] ?? '' };
    const hint = hintFor({ name, message, code, source, line, column });
    return { name, message, frames: [place], hint };
  });
  // A name that is missing is a fault wherever it stands; what to do about it is said once.
  const isFirst = ({ message, hint }: Fault, i: number) =>
    !hint || faults.findIndex(other => other.message === message && other.hint === hint) === i;
  return failed(...faults.filter(isFirst));
}

const isSyntax = ({ code }: Diagnostic): boolean => code < 2000;
