/** Has all engines say an error in the same words: V8's, or less than it says if another does not know it. */
import { unshared } from '../script/parameters';
import words from './words.json';

/** What engines say, as patterns, and the same in our words. */
const WORDS = words.map(([theirs = '', ours = '']) => [new RegExp(theirs, 'gs'), ours] as const);

/** @param line the text of the line where it happened, which says what an engine does not. */
export function inOurWords(message: string, line: string): string {
  const said = WORDS.reduce(
    (said, [theirs, ours]) => said.replace(theirs, ours),
    unshared(message),
  );
  return said
    .replace(/^.* is not iterable$/s, () => `${iterated(line)} is not iterable`)
    .replace(/^reach '(.*)' of (.*)$/s, (_, name: string, value: string) =>
      isSet(name, line)
        ? `Cannot set properties of ${value} (setting '${name}')`
        : `Cannot read properties of ${value} (reading '${name}')`,
    )
    .replace(/^(?:number )?([\w$]+) is not a function$/, (whole, name: string) =>
      line === '' || isCalled(name, line) ? whole : 'The callback is not a function',
    )
    .replace(/^Cannot read properties of .* \(reading '([\w$]+)'\)$/, (whole, name: string) =>
      isTakenOut(name, line) ? 'Cannot destructure null or undefined' : whole,
    );
}

const ITERATED =
  /(?:\bof|\]\s*=|\.\.\.|\bnew (?:Map|Set)\()\s*\(?([\p{L}\w$.]+(?:\([^()]*\))?)(?: as \w+)?\)?(?=\s*[;,)\]}]|$)/gu;

/** Names what a line goes through, if it is one thing: in `for (… of x)`, `[a] = x`, `f(...x)`, `new Set(x)`. */
function iterated(line: string): string {
  const [name, ...others] = new Set(Array.from(line.matchAll(ITERATED), ([, name]) => name));
  return name && others.length === 0 ? name : 'The value';
}

/** Tells whether a line assigns to a member, as in `a.name = 1`. */
const isSet = (name: string, line: string): boolean =>
  line
    .split(`.${name}`)
    .slice(1)
    .some(behind => /^\s*=(?!=)/.test(behind));

/** Tells whether a line calls a name, as a function or a template's tag. */
const isCalled = (name: string, line: string): boolean =>
  line
    .split(name)
    .slice(1)
    .some(behind => /^(?: as \w+)?\)*\s*(?:\?\.|!)?[(`]/.test(behind));

/** Tells whether a line takes a member out, as in `const { name } = a`. */
const isTakenOut = (name: string, line: string): boolean =>
  Array.from(line.matchAll(/\{([^{}]*)\}[\s})\]]*=/g)).some(([, names = '']) =>
    names.split(/[^\p{L}\w$]+/u).includes(name),
  );
