/** Tells whether a cell is whole, as a console asks before it runs a line. */
import type * as TypeScript from 'typescript-api';

export interface Completeness {
  readonly status: 'complete' | 'incomplete' | 'invalid';
  /** With which the next line begins. */
  readonly indent?: string;
}

/** "*\/ expected" and "Unterminated template literal": what is open takes up the rest, wherever it began. */
const OPEN = [1010, 1160];

type Parsed = TypeScript.SourceFile & {
  readonly parseDiagnostics?: readonly TypeScript.DiagnosticWithLocation[];
};

/** @param indentAfter finds the indent of the line behind unfinished code. */
export function completeness(
  ts: typeof TypeScript,
  code: string,
  indentAfter: (code: string) => string | undefined,
): Completeness {
  const file: Parsed = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest);
  const faults = file.parseDiagnostics ?? [];
  if (faults.length === 0) return { status: 'complete' };
  const end = code.trimEnd().length;
  const isOpen = faults.some(({ code }) => OPEN.includes(code));
  const isMissing = faults.every(
    ({ start, messageText }) => start >= end && /expected\.$/.test(String(messageText)),
  );
  if (!isOpen && !isMissing) return { status: 'invalid' };
  return { status: 'incomplete', indent: isOpen ? '' : (indentAfter(code) ?? '') };
}
