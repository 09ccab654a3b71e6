/** Finds the punctuation of Chinese keyboards in code. */
import { messages } from '../language';
import type { ErrorContext, Rule } from './context';

/** Each sign, and what stands for it; the fullwidth twins of ASCII's signs are reckoned. */
const SIGNS = new Map(
  `“" ”" ‘' ’' 。. 、, 【[ 】] 《< 》> ×* ÷/ −- ≤<= ≥>= ≠!==`
    .split(' ')
    .map(pair => [pair.charAt(0), pair.slice(1)]),
);

/** The distance from `!` to `！`, and so on up to `~`. */
const FULLWIDTH = 0xfee0;

function toAscii(sign: string): string | undefined {
  if (/[！-～]/.test(sign)) return String.fromCharCode(sign.charCodeAt(0) - FULLWIDTH);
  return SIGNS.get(sign);
}

/** Tells whether Chinese punctuation stands in the code of the line. */
export const hasFullwidth = ({ line }: ErrorContext): boolean =>
  [...line].some(sign => toAscii(sign) !== undefined);

/** Explains a sign that cannot be read. */
function fullwidth(context: ErrorContext): string | undefined {
  const { error, line } = context;
  if (!context.is(1127) && error.name !== 'SyntaxError') return undefined;
  // sucrase and acorn tell of the sign itself, or of what stands behind it.
  const at = Math.max(0, (error.column ?? 0) - (error.code ? 0 : 1));
  return hint([...line.slice(at)].find(sign => toAscii(sign) !== undefined));
}

/** Explains a string that began with an ASCII quote and ends with a Chinese one. */
function oddQuote({ error }: ErrorContext): string | undefined {
  const line = error.source.split('\n')[error.line - 1] ?? '';
  const [quotes] = [/[“”]/g, /[‘’]/g]
    .map(each => line.match(each) ?? [])
    .filter(({ length }) => length % 2 === 1);
  return hint(quotes?.at(-1));
}

const hint = (sign: string | undefined): string | undefined =>
  sign && messages().hints.punctuation(sign, toAscii(sign) ?? '');

export const punctuationRules: readonly Rule[] = [
  { codes: [1002], hint: oddQuote },
  { isThrown: false, hint: fullwidth },
];
