/** Has all engines say an error in the same words: V8's, or less than it says if another does not know it. */
import { unshared } from '../script/parameters';
import { rewriteAll } from './rewrite';
import words from './words.json';

/** @param line the text of the line where it happened. */
export function inOurWords(message: string, line: string): string {
  const said = rewriteAll(unshared(message), words.messages).replace(
    /^.* is not iterable$/s,
    () => `${iterated(line)} is not iterable`,
  );
  // The line says what some engines do not.
  return rewriteAll(`${said}\n${line}`, words.withLine).slice(0, -line.length - 1);
}

const ITERATED =
  /(?:\bof|\]\s*=|\.\.\.|\bnew (?:Map|Set)\()\s*\(?([\p{L}\w$.]+(?:\([^()]*\))?)(?: as \w+)?\)?(?=\s*[;,)\]}]|$)/gu;

/** Names what a line goes through, if it is one thing: in `for (… of x)`, `[a] = x`, `f(...x)`, `new Set(x)`. */
function iterated(line: string): string {
  const [name, ...others] = new Set(Array.from(line.matchAll(ITERATED), ([, name]) => name));
  return name && others.length === 0 ? name : 'The value';
}
