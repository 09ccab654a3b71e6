/** Rewrites texts by tables; by one of them, all engines say an error in the same words: V8's, or less than it says if another does not know it. */
import { unshared } from '../script/parameters';
import words from './words.json';

/** Rows of a pattern and what is written in its place, as the JSON files hold them. */
type Table = readonly (readonly string[])[];

const patterns = new Map<string, RegExp>();

function patternOf([source = '']: readonly string[]): RegExp {
  const pattern = patterns.get(source) ?? new RegExp(source, 'gs');
  patterns.set(source, pattern);
  return pattern;
}

/** Characters of the longest text that is rewritten: some patterns take quadratic time. */
const LONGEST = 1000;

const rewrite = (text: string, row: readonly string[]): string =>
  text.length > LONGEST ? text : text.replace(patternOf(row), row[1] ?? '');

/** Rewrites a text by each row. */
export const rewriteAll = (text: string, table: Table): string => table.reduce(rewrite, text);

/** Rewrites a text by the first row that matches; undefined if none does. */
export function rewriteFirst(text: string, table: Table): string | undefined {
  if (text.length > LONGEST) return undefined;
  const row = table.find(row => text.search(patternOf(row)) >= 0);
  return row && rewrite(text, row);
}

/** @param line the text of the line where it happened. */
export function inOurWords(message: string, line: string): string {
  const said = rewriteAll(unshared(message), words.messages);
  // The line says what some engines do not.
  return rewriteAll(`${said}\n${line}`, words.withLine).slice(0, -line.length - 1);
}
