import { messages } from '../language';
import { maskStrings } from './code';

/** The input of the hints: an error of a cell. */
export interface CellError {
  readonly name: string;
  /** TypeScript's message, or the message of an exception in V8's words. */
  readonly message: string;
  readonly source: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 0. */
  readonly column?: number | undefined;
  /** The cells' variables, if the cell has run. */
  readonly known?: Readonly<Record<string, unknown>>;
}

type Hint = (context: ErrorContext, ...groups: string[]) => string | undefined;

/** Returns the hint for an error. With a pattern, the rule applies to matching messages and receives the groups. */
export type Rule = Hint | readonly [message: RegExp, hint: Hint];

export const hints = () => messages().hints;

/** Returns a pattern for the content of brackets, with nested brackets. */
const within = (depth: number): string =>
  `(?:[^()[\\]{}]${depth > 0 ? `|[([{]${within(depth - 1)}[)\\]}]` : ''})*`;
const WITHIN = within(9);
const GROUP = `[([]${WITHIN}[)\\]]`;
/** Matches brackets with their content. */
export const GROUPS = new RegExp(`[([{]${WITHIN}[)\\]}]`, 'g');
/** Without a back-reference, because a lookbehind matches backwards. */
const STRING = `'[^'"\`]*'|"[^'"\`]*"|\`[^'"\`]*\``;
const OPERAND = `(?:[\\w$]+|${STRING}|${GROUP})(?:\\??\\.[\\w$]+|${GROUP})*`;
const OPERAND_AHEAD = new RegExp(`^(?:(?:new|await)\\s+)*${OPERAND}`);
// After `$`, a lookbehind matches backwards once. A forward search from each offset takes quadratic time.
const OPERAND_BEFORE = new RegExp(`$(?<=((?<![\\w$.])${OPERAND}))`);
const KEYWORDS = 'if|while|for|switch|catch|return|typeof|await|in|of|with|function|new';
const CALL = new RegExp(
  `$(?<=(?<call>(?<![\\w$.]|\\bfunction\\s*(?:\\*\\s*)?)(?!(?:${KEYWORDS})\\b)(?<callee>${OPERAND})\\s*\\(${WITHIN}))`,
);
const METHOD = new RegExp(`^${WITHIN}\\)\\s*(\\{|=>|:[^?\\n]*(\\{|=>))`);
const PART = new RegExp(`(?:[^()[\\]{},]|[([{]${WITHIN}[)\\]}])+`, 'g');

/** Matches messages about an unknown name. Groups: the name, and TypeScript's suggestion. */
const MISSING =
  /^(?:Cannot find name ')?([\p{ID_Start}$_][\p{ID_Continue}$]*)(?: is not defined$|'\.(?:$| Did you mean '([^']+)'\?$| Do you need ))/u;

export type ErrorContext = ReturnType<typeof contextOf>;

/** Returns the error with the surrounding code, for the rules. */
export function contextOf(error: CellError) {
  const { source, name, message } = error;
  const isMissing = name === 'ReferenceError' || message.startsWith('Cannot find name ');
  const [, missing, suggestion]: (string | undefined)[] =
    (isMissing && MISSING.exec(message)) || [];
  /** The cell with blanks in comments and strings, at the same offsets. */
  const bare = maskStrings(source);
  const lineOf = (text: string) => text.split('\n')[error.line - 1] ?? '';
  const line = lineOf(bare);
  const missingName = new RegExp(`(?<![\\w$]|(?<!\\.\\.)\\.)${literal(missing ?? '')}(?![\\w$])`);
  const linesAbove = source.split('\n', error.line - 1).map(text => `${text}\n`);
  /** The offset of the error. Without a column: of the missing name, or of the line. */
  const column = error.column ?? Math.max(0, line.search(missingName));
  const offset = linesAbove.join('').length + column;
  const before = bare.slice(0, offset);

  /** Returns the arguments of a call, given the offset after the opening bracket. */
  function argumentsAt(open: number): string[] {
    const [content = ''] = new RegExp(`^${WITHIN}`).exec(bare.slice(open)) ?? [];
    return Array.from(content.matchAll(PART), ({ 0: part, index = 0 }) => {
      const start = open + index + part.length - part.trimStart().length;
      return source.slice(start, start + part.trim().length);
    }).filter(Boolean);
  }

  /** Returns the innermost call around the offset, or `undefined` for a declaration. */
  function callAround() {
    const { call = '', callee: masked = '' } = CALL.exec(before)?.groups ?? {};
    const index = before.length - call.length;
    const callee = source.slice(index, index + masked.length);
    const open = bare.indexOf('(', index + callee.length) + 1;
    const isCall = call && !METHOD.test(bare.slice(open));
    return isCall ? { callee, args: argumentsAt(open) } : undefined;
  }

  return {
    ...{ error, missing, suggestion, bare, offset, before, call: callAround() },
    /** The line of the error, with and without blanks in comments and strings. */
    ...{ line, text: lineOf(source) },
    ahead: bare.slice(offset),
    isSyntaxError: name === 'SyntaxError',
    /** Returns the operand that starts at an offset, such as `model.layers[0]`, or an empty string. */
    operand(start: number): string {
      const [{ length } = ''] = OPERAND_AHEAD.exec(bare.slice(start)) ?? [];
      return source.slice(start, start + length);
    },
    /** Returns the operand that ends at an offset, such as `later()` before the dot of `later().length`. */
    operandBefore(end: number): string {
      const [, { length } = ''] = OPERAND_BEFORE.exec(bare.slice(0, end)) ?? [];
      return source.slice(end - length, end);
    },
  };
}

/** Escapes a name for a regular expression: a name may contain `$`. */
export const literal = (name: string): string => name.replaceAll('$', '\\$');
