/** Rewrites texts by tables. One table translates the error messages of all engines to V8's words. */
import { unshared } from '../script/parameters';
import words from './words.json';

/** Rows of a pattern and a replacement, in JSON files. */
type Table = readonly (readonly string[])[];

const patterns = new Map<string, RegExp>();

function patternOf([source = '']: readonly string[]): RegExp {
  const pattern = patterns.get(source) ?? new RegExp(source, 'gs');
  patterns.set(source, pattern);
  return pattern;
}

/** Maximum length of a rewritten text, because some patterns take quadratic time. */
const MAX_LENGTH = 1000;

const rewrite = (text: string, row: readonly string[]): string =>
  text.length > MAX_LENGTH ? text : text.replace(patternOf(row), row[1] ?? '');

export const rewriteAll = (text: string, table: Table): string => table.reduce(rewrite, text);

/** Applies the first matching row. Returns `undefined` if no row matches. */
export function rewriteFirst(text: string, table: Table): string | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const row = table.find(row => text.search(patternOf(row)) >= 0);
  return row && rewrite(text, row);
}

/** Translates an error message to V8's words. @param line the source line of the error */
export function toV8Words(message: string, line: string): string {
  const translation = rewriteAll(unshared(message), words.messages);
  // The line contains details that some engines omit.
  return rewriteAll(`${translation}\n${line}`, words.withLine).slice(0, -line.length - 1);
}
