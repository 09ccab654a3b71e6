import jsTokens from 'js-tokens';

/** The length of the marks at the start and the end of a token, which stay when it is masked. */
const MARKS: Readonly<Record<string, readonly [start: number, end: number]>> = {
  StringLiteral: [1, 1],
  NoSubstitutionTemplate: [1, 1],
  TemplateHead: [1, 2],
  TemplateMiddle: [1, 2],
  TemplateTail: [1, 1],
  RegularExpressionLiteral: [0, 0],
  SingleLineComment: [0, 0],
  MultiLineComment: [0, 0],
};

/** Puts blanks in the place of comments, regular expressions and what strings hold, so that each place stays. */
export function maskStrings(source: string): string {
  return Array.from(jsTokens(source), token => {
    const { type, value } = token;
    const marks = MARKS[type];
    if (!marks) return value;
    const isClosed = !('closed' in token) || token.closed;
    const [start, end] = [marks[0], value.length - (isClosed ? marks[1] : 0)];
    const masked = value.slice(start, end).replace(/[^\n]/g, ' ');
    return value.slice(0, start) + masked + value.slice(end);
  }).join('');
}

export interface Call {
  readonly callee: string;
  readonly open: number;
  readonly close: number;
}

/** Reads a cell that TypeScript could not. */
export class Code {
  /** The cell without comments and what strings hold; each place stays. */
  readonly bare: string;

  /** Where each bracket is closed, by where it is opened; the end of the cell if it is not. */
  private readonly brackets = new Map<number, number>();

  constructor(readonly source: string) {
    this.bare = maskStrings(source);
    const open: number[] = [];
    for (const { 0: sign, index = 0 } of this.bare.matchAll(/[([{}\])]/g)) {
      const isOpening = '([{'.includes(sign);
      if (isOpening) open.push(index);
      const opened = isOpening ? index : open.pop();
      if (opened !== undefined) this.brackets.set(opened, isOpening ? this.bare.length : index);
    }
  }

  line(number: number): string {
    return this.bare.split('\n')[number - 1] ?? '';
  }

  offset(line: number, column: number): number {
    const before = this.source.split('\n').slice(0, line - 1);
    return before.reduce((sum, { length }) => sum + length + 1, column);
  }

  /** Finds the call among whose arguments a place directly stands; undefined for a declaration. */
  callAround(place: number): Call | undefined {
    const open = this.enclosing(place);
    if (open === undefined || this.bare[open] !== '(') return undefined;
    const before = this.bare.slice(0, open).trimEnd();
    const callee = this.operandBefore(before.length);
    const isDeclared = /\bfunction\s*\*?\s*$/.test(before.slice(0, before.length - callee.length));
    if (!/^[A-Za-z_$(]/.test(callee) || KEYWORD.test(callee) || isDeclared) return undefined;
    const close = this.closing(open);
    const isMethod = /^\)\s*(\{|=>|:[^?\n]*(\{|=>))/.test(this.bare.slice(close));
    return isMethod ? undefined : { callee, open, close };
  }

  /** Finds the bracket that was opened before a place and is closed behind it. */
  private enclosing(place: number): number | undefined {
    const around = [...this.brackets].filter(([open, close]) => open < place && place <= close);
    return around.at(-1)?.[0];
  }

  /** Finds where the bracket that opens at a place is closed; the end of the cell if it is not. */
  closing(open: number): number {
    return this.brackets.get(open) ?? this.bare.length;
  }

  /** Reads the operand that begins at a place, such as `model.layers[0]`; empty if none does. */
  operand(start: number): string {
    let end = start + (/^(?:(?:new|await)\s+)*/.exec(this.bare.slice(start))?.[0].length ?? 0);
    for (;;) {
      const rest = this.bare.slice(end);
      const [name] = /^(?:\??\.)?[\w$]+|^(['"`])[^'"`]*\1/.exec(rest) ?? [];
      if (
        name &&
        (end === start || !/^[\w$]/.test(name) || /\s$/.test(this.bare.slice(start, end)))
      ) {
        end += name.length;
      } else if (/^[([]/.test(rest)) end = Math.min(this.closing(end) + 1, this.bare.length);
      else return this.source.slice(start, end);
    }
  }

  /** Reads the operand that ends before a place, as `later()` does before the dot of `later().length`. */
  operandBefore(end: number): string {
    let start = end;
    for (;;) {
      const before = this.bare.slice(0, start);
      const isWithin = start < end && /[\w$'"`]/.test(this.bare[start] ?? '');
      if (!isWithin && /[)\]]$/.test(before)) {
        start = this.enclosing(start - 1) ?? 0;
        continue;
      }
      const [found] = (isWithin ? /\??(?<!\.)\.$/ : /(?:(['"`]) *\1|[\w$]+)$/).exec(before) ?? [];
      if (!found) return this.source.slice(start, end);
      start -= found.length;
    }
  }

  /** Splits what stands from a place on to another at its commas: the arguments of a call, say. */
  parts(from: number, to: number): string[] {
    const parts: string[] = [];
    let start = from;
    for (let i = from; i <= to; i++) {
      const sign = this.bare[i] ?? '';
      if (i === to || sign === ',') {
        parts.push(this.written(start, i));
        start = i + 1;
      } else if ('([{'.includes(sign)) i = Math.min(this.closing(i), to - 1);
    }
    return parts.filter(Boolean);
  }

  /** Returns what is written from a place on to another, but for the comments around it. */
  private written(from: number, to: number): string {
    const bare = this.bare.slice(from, to);
    const start = from + bare.length - bare.trimStart().length;
    return this.source.slice(start, start + bare.trim().length);
  }
}

const KEYWORD = /^(if|while|for|switch|catch|return|typeof|await|in|of|with|function)$/;
