/** Finds the punctuation of Chinese keyboards in code. */
import { type ErrorContext, hints, type Rule } from './context';
import { signs } from './hints.json';

const SIGNS = new Map(Object.entries(signs));

/** Returns what stands for a sign; undefined for what belongs in code. */
const toAscii = (sign: string): string | undefined =>
  /[！-～]/.test(sign) ? sign.normalize('NFKC') : SIGNS.get(sign);

/** Tells whether Chinese punctuation stands in the code of the line. */
export const hasFullwidth = ({ line }: ErrorContext): boolean => [...line].some(toAscii);

/** Explains a sign that cannot be read. */
function fullwidth({ error, line, isUnread }: ErrorContext): string | undefined {
  if (!isUnread) return undefined;
  // sucrase and acorn tell of the sign itself, or of what stands behind it.
  const at = Math.max(0, (error.column ?? 0) - (error.message === 'Invalid character.' ? 0 : 1));
  return hint([...line.slice(at)].find(toAscii));
}

/** Explains a string that began with an ASCII quote and ends with a Chinese one. */
function oddQuote({ text }: ErrorContext): string | undefined {
  const quotes = [/[“”]/g, /[‘’]/g].map(each => text.match(each) ?? []);
  return hint(quotes.find(({ length }) => length % 2 === 1)?.at(-1));
}

const hint = (sign = ''): string | undefined =>
  sign && hints().punctuation(sign, toAscii(sign) ?? '');

export const punctuationRules: readonly Rule[] = [
  [/^Unterminated string literal\.$/, oddQuote],
  [/^/, fullwidth],
];
