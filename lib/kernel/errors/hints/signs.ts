/** Signs of Chinese keyboards in code. */
import { text } from 'digits/language';
import type { Found } from '../cell-error';

/** What stands for them; the wide twins of ASCII's signs are reckoned. */
const SIGNS: Readonly<Record<string, string>> = {
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '。': '.',
  '、': ',',
  '【': '[',
  '】': ']',
  '《': '<',
  '》': '>',
  '×': '*',
  '÷': '/',
  '−': '-',
  '≤': '<=',
  '≥': '>=',
  '≠': '!==',
};

/** U+FF01 to U+FF5E: what is wide of `!` to `~`. */
const WIDE = 0xfee0;

function narrow(sign: string): string | undefined {
  if (/[！-～]/.test(sign)) return String.fromCharCode(sign.charCodeAt(0) - WIDE);
  return SIGNS[sign];
}

export function chineseSign(found: Found): string | undefined {
  const { error, line } = found;
  if (found.is(1002)) return oddQuote(error.source.split('\n')[error.line - 1] ?? '');
  if (!found.is(1127) && error.name !== 'SyntaxError') return undefined;
  // sucrase and acorn tell of the sign itself, or of what stands behind it.
  const at = Math.max(0, (error.column ?? 0) - (error.code ? 0 : 1));
  const [sign] = [...line.slice(at)].filter(sign => narrow(sign) !== undefined);
  return sign && hint(sign);
}

/** Whether a Chinese sign stands in the code of the line. */
export const hasSign = ({ line }: Found): boolean =>
  [...line].some(sign => narrow(sign) !== undefined);

/** A string that began with an ASCII quote and ends with a Chinese one. */
function oddQuote(line: string): string | undefined {
  const [quotes] = [/[“”]/g, /[‘’]/g].flatMap(each => {
    const signs = line.match(each) ?? [];
    return signs.length % 2 === 1 ? [signs] : [];
  });
  const sign = quotes?.at(-1);
  return sign && hint(sign);
}

const hint = (sign: string): string =>
  text({
    zh: `“${sign}”是中文标点，请换成英文的 ${narrow(sign)}`,
    en: `"${sign}" is a Chinese punctuation mark; write ${narrow(sign)}`,
  });
