import type { Diagnostic } from 'tslab/dist/converter';
import { type Fault, failed, faultOf, Interrupt, type Place } from '../errors/failed';
import { hintFor } from '../errors/hints';
import { unshared } from '../script/parameters';
import type { Failed } from '../worker-messages';
import { names } from './run-script';
import { framesOf, inspected, sourceOf } from './scripts';

export function failedBy(error: unknown, count: number): Failed {
  if (codeOf(error) === 'ERR_SCRIPT_EXECUTION_INTERRUPTED') {
    return failedBy(new Interrupt(), count);
  }
  try {
    return failed(
      faultOf(error, { count, framesOf, sourceOf, inspect: inspected, reword: unshared, names }),
    );
  } catch {
    // Anything can be thrown, even what throws when it is looked at.
    return failed({ name: 'Error', message: `Uncaught ${inspected(error)}`, frames: [] });
  }
}

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;

/** Describes what TypeScript has found in a cell, which did not run. */
export function failedToCompile(
  diagnostics: readonly Diagnostic[],
  count: number,
  source: string,
): Failed {
  const lines = source.split('\n');
  // Where a cell cannot be read, its types say nothing.
  const unread = diagnostics.filter(isSyntax);
  const faults = (unread.length > 0 ? unread : diagnostics).map((diagnostic): Fault => {
    const { start, code, fileName, messageText: message } = diagnostic;
    const name = isSyntax(diagnostic) ? 'SyntaxError' : 'TypeScriptError';
    const [line, column] = [start.line + 1, start.character];
    if (fileName) return { name, message, frames: [`at ${fileName}:${line}:${column + 1}`] };
    const place: Place = { cell: count, line, column, source: lines[start.line] ?? '' };
    const hint = hintFor({ name, message, code, source, line, column });
    return { name, message, frames: [place], hint };
  });
  return failed(...faults);
}

const isSyntax = ({ code }: Diagnostic): boolean => code < 2000;
