/** Finds the punctuation of Chinese keyboards in code. */
import { type ErrorContext, hints, type Rule } from './context';
import { signs } from './hints.json';

const SIGNS = new Map(Object.entries(signs));

/** Returns what stands for a sign; undefined for what belongs in code. */
const toAscii = (sign: string): string | undefined =>
  /[！-～]/.test(sign) ? sign.normalize('NFKC') : SIGNS.get(sign);

/** Tells whether Chinese punctuation stands in the code of the line. */
export const hasFullwidth = ({ line }: ErrorContext): boolean => [...line].some(toAscii);

const hint = (sign = ''): string | undefined =>
  sign && hints().punctuation(sign, toAscii(sign) ?? '');

export const punctuationRules: readonly Rule[] = [
  // A string began with an ASCII quote and ends with a Chinese one.
  [
    /^Unterminated string literal\.$/,
    ({ text }) => {
      const quotes = [/[“”]/g, /[‘’]/g].map(each => text.match(each) ?? []);
      return hint(quotes.find(({ length }) => length % 2 === 1)?.at(-1));
    },
  ],
  [
    /^/,
    ({ error: { column = 0, message }, line, isUnread }) => {
      // sucrase and acorn tell of the sign itself, or of what stands behind it.
      const at = Math.max(0, message === 'Invalid character.' ? column : column - 1);
      return isUnread ? hint([...line.slice(at)].find(toAscii)) : undefined;
    },
  ],
];
