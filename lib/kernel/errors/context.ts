import { messages } from '../language';
import { maskStrings } from './code';

/** An error of a cell, as far as hints depend on it. */
export interface CellError {
  readonly name: string;
  /** TypeScript's, or that of an error that was thrown, in our words. */
  readonly message: string;
  readonly source: string;
  /** The line where it happened, from 1 on. */
  readonly line: number;
  /** From 0 on. */
  readonly column?: number | undefined;
  /** The names that there are and what they hold, if the cell has run. */
  readonly known?: Readonly<Record<string, unknown>> | undefined;
}

/** A pattern of messages, and what to say of them, by what its groups have found. */
export type Rule = readonly [
  message: RegExp,
  hint: (context: ErrorContext, ...found: string[]) => string | undefined,
];

export const hints = () => messages().hints;

/** Matches what brackets hold, with others in it. */
const within = (depth: number): string =>
  `(?:[^()[\\]{}]${depth > 0 ? `|[([{]${within(depth - 1)}[)\\]}]` : ''})*`;
const WITHIN = within(9);
const GROUP = `[([]${WITHIN}[)\\]]`;
/** Matches what stands in brackets. */
export const GROUPS = new RegExp(`[([{]${WITHIN}[)\\]}]`, 'g');
const OPERAND = `(?:[\\w$]+|(?<quote>['"\`])[^'"\`]*\\k<quote>|${GROUP})(?:\\??\\.[\\w$]+|${GROUP})*`;
const OPERAND_AHEAD = new RegExp(`^(?:(?:new|await)\\s+)*${OPERAND}`);
const OPERAND_BEFORE = new RegExp(`(?<![\\w$.])${OPERAND}$`);
const KEYWORDS = 'if|while|for|switch|catch|return|typeof|await|in|of|with|function|new';
const CALL = new RegExp(
  `(?<![\\w$.]|\\bfunction\\s*\\*?\\s*)(?!(?:${KEYWORDS})\\b)(?<callee>${OPERAND})\\s*\\(${WITHIN}$`,
);
const METHOD = new RegExp(`^${WITHIN}\\)\\s*(\\{|=>|:[^?\\n]*(\\{|=>))`);
const PART = new RegExp(`(?:[^()[\\]{},]|[([{]${WITHIN}[)\\]}])+`, 'g');

/** What is said of a name that does not exist, and the one that TypeScript offers instead. */
const MISSING =
  /^(?:Cannot find name ')?([\p{ID_Start}$_][\p{ID_Continue}$]*)(?: is not defined$|'\.(?:$| Did you mean '([^']+)'\?$| Do you need ))/u;

/** An error with its cell, which the hints read. */
export class ErrorContext {
  /** The cell without comments and what strings hold; each place stays. */
  readonly bare: string;
  /** Its line in that, and as it is written. */
  readonly line: string;
  readonly text: string;
  /** The place in the cell; if no column is known, that of the missing name, or the beginning of the line. */
  readonly offset: number;
  /** Whether the cell could not be read. */
  readonly isUnread: boolean;
  /** The name that does not exist, and the one that TypeScript offers instead. */
  readonly missing: string | undefined;
  readonly offered: string | undefined;

  constructor(readonly error: CellError) {
    const { source, name, message, line } = error;
    const isMissing = name === 'ReferenceError' || message.startsWith('Cannot find name ');
    [, this.missing, this.offered] = (isMissing && MISSING.exec(message)) || [];
    this.bare = maskStrings(source);
    this.line = this.bare.split('\n')[line - 1] ?? '';
    this.text = source.split('\n')[line - 1] ?? '';
    const own = new RegExp(`(?<![\\w$]|(?<!\\.\\.)\\.)${literal(this.missing ?? '')}(?![\\w$])`);
    const above = source.split('\n', line - 1).map(each => `${each}\n`);
    this.offset = above.join('').length + (error.column ?? Math.max(0, this.line.search(own)));
    this.isUnread = name === 'SyntaxError';
  }

  /** The masked cell up to the place, and from there on. */
  get before(): string {
    return this.bare.slice(0, this.offset);
  }
  get ahead(): string {
    return this.bare.slice(this.offset);
  }

  /** Reads the operand that begins at a place, such as `model.layers[0]`; empty if none does. */
  operand(start: number): string {
    const [{ length } = ''] = OPERAND_AHEAD.exec(this.bare.slice(start)) ?? [];
    return this.error.source.slice(start, start + length);
  }

  /** Reads the operand that ends before a place, as `later()` does before the dot of `later().length`. */
  operandBefore(end: number): string {
    const [{ length } = ''] = OPERAND_BEFORE.exec(this.bare.slice(0, end)) ?? [];
    return this.error.source.slice(end - length, end);
  }

  /** The call among whose arguments the place directly stands; undefined for a declaration. */
  get call(): { readonly callee: string; readonly args: readonly string[] } | undefined {
    const { 0: whole = '', index = 0, groups } = CALL.exec(this.before) ?? {};
    const callee = this.error.source.slice(index, index + (groups?.callee?.length ?? 0));
    const open = this.bare.indexOf('(', index + callee.length) + 1;
    if (!whole || METHOD.test(this.bare.slice(open))) return undefined;
    return { callee, args: this.argumentsAt(open) };
  }

  /** Lists the arguments of the call whose bracket was opened before a place. */
  argumentsAt(open: number): string[] {
    const [held = ''] = new RegExp(`^${WITHIN}`).exec(this.bare.slice(open)) ?? [];
    return Array.from(held.matchAll(PART), ({ 0: part, index = 0 }) => {
      const start = open + index + part.length - part.trimStart().length;
      return this.error.source.slice(start, start + part.trim().length);
    }).filter(Boolean);
  }
}

/** Escapes a name for a pattern: it may have `$`. */
export const literal = (name: string): string => name.replaceAll('$', '\\$');
