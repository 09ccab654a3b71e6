/** How a cell's failure reads. */
import { inspect } from 'node:util';
import type { Diagnostic } from 'tslab/dist/converter';
import { type Fault, failed, type Place } from '../errors/failed';
import { hintFor } from '../errors/hints';
import type { Failed } from '../messages';
import { framesOf } from './scripts';

/** A cell that was broken off. */
export const INTERRUPTED = Symbol('interrupted');

/** Describes what a cell threw. */
export function failedBy(error: unknown, source: string): Failed {
  if (error === INTERRUPTED) return failed({ name: 'Interrupt', message: BROKEN_OFF, frames: [] });
  return failed(...chainOf(error, source));
}

const BROKEN_OFF = 'the cell was interrupted';

/** The most causes that are shown. */
const MOST = 3;

/** An error, and what caused it. */
function chainOf(error: unknown, source: string): Fault[] {
  const chain = [error];
  for (let cause = causeOf(error); cause && chain.length <= MOST; cause = causeOf(cause)) {
    chain.push(cause);
  }
  return chain.map(link => {
    if (!(link instanceof Error)) {
      return { name: 'Error', message: `Uncaught ${inspect(link)}`, frames: [] };
    }
    const { name, message } = link;
    const frames = framesOf(link.stack ?? '');
    const at = frames.find((frame): frame is Place => typeof frame !== 'string');
    const hint = hintFor({ name, message, source, line: at?.line ?? 1 });
    return { name, message, frames, hint };
  });
}

const causeOf = (error: unknown): unknown => (error instanceof Error ? error.cause : undefined);

/** Describes what TypeScript has found in a cell, which did not run. */
export function failedToCompile(
  diagnostics: readonly Diagnostic[],
  count: number,
  source: string,
): Failed {
  const lines = source.split('\n');
  const faults = joined(diagnostics).map(
    ({ start, code, fileName, messageText: message }): Fault => {
      const name = code < 2000 ? 'SyntaxError' : 'TypeScriptError';
      const [line, column] = [start.line + 1, start.character];
      if (fileName) return { name, message, frames: [`at ${fileName}:${line}:${column + 1}`] };
      const place: Place = { cell: count, line, column, source: lines[start.line] ?? '' };
      return {
        name,
        message,
        frames: [place],
        hint: hintFor({ name, message, code, source, line }),
      };
    },
  );
  return failed(...faults);
}

/** Joins the parts of an explanation, which come as errors of one place. */
function joined(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const diagnostic of diagnostics) {
    const last = found.at(-1);
    if (last?.start.offset !== diagnostic.start.offset || last.fileName !== diagnostic.fileName) {
      found.push({ ...diagnostic });
    } else {
      last.messageText += `\n  ${diagnostic.messageText}`;
    }
  }
  return found;
}

/** Describes an error that came when no cell waited for it. */
export const described = (error: unknown): string => failedBy(error, '').traceback.join('\n');
