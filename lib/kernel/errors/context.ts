import { messages } from '../language';
import { maskStrings } from './code';

/** An error of a cell, as far as hints depend on it; its line from 1 on, its column from 0 on. */
export interface CellError {
  readonly name: string;
  /** TypeScript's, or that of an error that was thrown, in our words. */
  readonly message: string;
  readonly source: string;
  readonly line: number;
  readonly column?: number | undefined;
  /** The names that there are and what they hold, if the cell has run. */
  readonly known?: Readonly<Record<string, unknown>>;
}

type Hint = (context: ErrorContext, ...found: string[]) => string | undefined;

/** What to say of an error; with a pattern of its messages, by what the groups have found. */
export type Rule = Hint | readonly [message: RegExp, hint: Hint];

export const hints = () => messages().hints;

/** Matches what brackets hold, with others in it. */
const within = (depth: number): string =>
  `(?:[^()[\\]{}]${depth > 0 ? `|[([{]${within(depth - 1)}[)\\]}]` : ''})*`;
const WITHIN = within(9);
const GROUP = `[([]${WITHIN}[)\\]]`;
/** Matches what stands in brackets. */
export const GROUPS = new RegExp(`[([{]${WITHIN}[)\\]}]`, 'g');
/** Holds no back-reference, since it is also matched backwards. */
const STRING = `'[^'"\`]*'|"[^'"\`]*"|\`[^'"\`]*\``;
const OPERAND = `(?:[\\w$]+|${STRING}|${GROUP})(?:\\??\\.[\\w$]+|${GROUP})*`;
const OPERAND_AHEAD = new RegExp(`^(?:(?:new|await)\\s+)*${OPERAND}`);
// Behind `$`, a lookbehind reads backwards once: a search forwards from each place takes quadratic time.
const OPERAND_BEFORE = new RegExp(`$(?<=((?<![\\w$.])${OPERAND}))`);
const KEYWORDS = 'if|while|for|switch|catch|return|typeof|await|in|of|with|function|new';
const CALL = new RegExp(
  `$(?<=(?<whole>(?<![\\w$.]|\\bfunction\\s*(?:\\*\\s*)?)(?!(?:${KEYWORDS})\\b)(?<callee>${OPERAND})\\s*\\(${WITHIN}))`,
);
const METHOD = new RegExp(`^${WITHIN}\\)\\s*(\\{|=>|:[^?\\n]*(\\{|=>))`);
const PART = new RegExp(`(?:[^()[\\]{},]|[([{]${WITHIN}[)\\]}])+`, 'g');

/** What is said of a name that does not exist, and the one that TypeScript offers instead. */
const MISSING =
  /^(?:Cannot find name ')?([\p{ID_Start}$_][\p{ID_Continue}$]*)(?: is not defined$|'\.(?:$| Did you mean '([^']+)'\?$| Do you need ))/u;

export type ErrorContext = ReturnType<typeof contextOf>;

/** Makes of an error with its cell what the hints read. */
export function contextOf(error: CellError) {
  const { source, name, message } = error;
  const isMissing = name === 'ReferenceError' || message.startsWith('Cannot find name ');
  const [, missing, offered]: (string | undefined)[] = (isMissing && MISSING.exec(message)) || [];
  /** The cell without comments and what strings hold; each place stays. */
  const bare = maskStrings(source);
  const lineOf = (text: string) => text.split('\n')[error.line - 1] ?? '';
  const line = lineOf(bare);
  const own = new RegExp(`(?<![\\w$]|(?<!\\.\\.)\\.)${literal(missing ?? '')}(?![\\w$])`);
  const above = source.split('\n', error.line - 1).map(each => `${each}\n`);
  /** The place in the cell; if no column is known, that of the missing name, or the beginning of the line. */
  const offset = above.join('').length + (error.column ?? Math.max(0, line.search(own)));
  const before = bare.slice(0, offset);

  /** Lists the arguments of the call whose bracket was opened before a place. */
  function argumentsAt(open: number): string[] {
    const [held = ''] = new RegExp(`^${WITHIN}`).exec(bare.slice(open)) ?? [];
    return Array.from(held.matchAll(PART), ({ 0: part, index = 0 }) => {
      const start = open + index + part.length - part.trimStart().length;
      return source.slice(start, start + part.trim().length);
    }).filter(Boolean);
  }

  /** Finds the call among whose arguments the place directly stands; undefined for a declaration. */
  function callAround() {
    const { whole = '', callee: masked = '' } = CALL.exec(before)?.groups ?? {};
    const index = before.length - whole.length;
    const callee = source.slice(index, index + masked.length);
    const open = bare.indexOf('(', index + callee.length) + 1;
    const isCall = whole && !METHOD.test(bare.slice(open));
    return isCall ? { callee, args: argumentsAt(open) } : undefined;
  }

  return {
    ...{ error, missing, offered, bare, offset, before, call: callAround() },
    /** The masked line, and as it is written. */
    ...{ line, text: lineOf(source) },
    /** The masked cell from the place on. */
    ahead: bare.slice(offset),
    /** Whether the cell could not be read. */
    isUnread: name === 'SyntaxError',
    /** Reads the operand that begins at a place, such as `model.layers[0]`; empty if none does. */
    operand(start: number): string {
      const [{ length } = ''] = OPERAND_AHEAD.exec(bare.slice(start)) ?? [];
      return source.slice(start, start + length);
    },
    /** Reads the operand that ends before a place, as `later()` does before the dot of `later().length`. */
    operandBefore(end: number): string {
      const [, { length } = ''] = OPERAND_BEFORE.exec(bare.slice(0, end)) ?? [];
      return source.slice(end - length, end);
    },
  };
}

/** Escapes a name for a pattern: it may have `$`. */
export const literal = (name: string): string => name.replaceAll('$', '\\$');
