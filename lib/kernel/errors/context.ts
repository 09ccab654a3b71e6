import { Code } from './code';

/** An error of a cell, as far as hints depend on it. */
export interface CellError {
  readonly name: string;
  /** TypeScript's, or that of an error that was thrown. */
  readonly message: string;
  readonly code?: number | undefined;
  readonly source: string;
  /** The line where it happened, from 1 on. */
  readonly line: number;
  /** From 0 on. Without it, a name of the message is looked for in the line. */
  readonly column?: number | undefined;
  /** The names that there are and what they hold, if TypeScript has not checked the cell. */
  readonly known?: Readonly<Record<string, unknown>> | undefined;
}

/** A rule for errors of some kind; those it names no kind for are of all kinds. */
export interface Rule {
  readonly codes?: readonly number[];
  readonly isThrown?: boolean;
  readonly message?: RegExp;
  /** @param found the groups of `message`. */
  hint(context: ErrorContext, found: readonly string[]): string | undefined;
}

/** An error with its cell, which the hints read. */
export class ErrorContext {
  readonly code: Code;
  /** Its line without strings and comments. */
  readonly line: string;

  constructor(readonly error: CellError) {
    this.code = new Code(error.source);
    this.line = this.code.line(error.line);
  }

  is(...codes: readonly number[]): boolean {
    return this.error.code !== undefined && codes.includes(this.error.code);
  }

  get isThrown(): boolean {
    return this.error.code === undefined && this.error.name !== 'SyntaxError';
  }

  /** The place in the cell; undefined if no column is known. */
  get offset(): number | undefined {
    const { line, column } = this.error;
    return column === undefined ? undefined : this.code.offset(line, column);
  }

  /** The masked cell up to the place. */
  get before(): string {
    return this.offset === undefined ? '' : this.code.bare.slice(0, this.offset);
  }

  /** Lists the places at which a name may be meant: the error's own, else each in its line. */
  placesOf(name: string): number[] {
    const { offset } = this;
    if (offset !== undefined) return [offset];
    const start = this.code.offset(this.error.line, 0);
    return Array.from(this.line.matchAll(/[\w$]+/g))
      .filter(([word]) => word === name)
      .map(({ index = 0 }) => start + index);
  }

  /** The name that does not exist, and the one that TypeScript offers instead. */
  get missingName(): { readonly name: string; readonly offered?: string | undefined } | undefined {
    const { message, name: type, code } = this.error;
    if (code !== undefined) {
      const [, name, offered] = REPORTED.exec(message) ?? [];
      return name ? { name, offered } : undefined;
    }
    const found = type === 'ReferenceError' ? THROWN.exec(message) : null;
    const name = found?.[1] ?? found?.[2];
    return name ? { name } : undefined;
  }
}

const REPORTED = /^Cannot find name '([^']+)'\.(?: Did you mean '([^']+)'\?| Do you need .*)?$/s;
/** Chromium and Firefox say it alike, but for an assignment; Safari otherwise. */
const THROWN =
  /^(?:([\p{ID_Start}$_][\p{ID_Continue}$]*) is not defined|(?:Can't find variable:|assignment to undeclared variable) (\S+))$/u;

/** Escapes a name for a pattern: it may have `$`. */
export const literal = (name: string): string => name.replaceAll('$', '\\$');
