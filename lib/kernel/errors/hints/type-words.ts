/** TypeScript's types in words. */
import { text } from 'digits/language';

/** The most characters of a type that are shown. */
const MOST = 60;

/** Shortens a type: where it comes from, and most of what may be instead. */
export function short(type: string): string {
  const plain = type.replace(/(?:typeof )?import\("[^"]*"\)\.?/g, '');
  if (plain.length <= MOST) return plain;
  const [first = '', ...others] = alternatives(plain);
  let shown = first;
  for (const other of others) {
    if (`${shown} | ${other}`.length > MOST - 4) return cut(`${shown} | …`);
    shown += ` | ${other}`;
  }
  return cut(shown);
}

const cut = (type: string): string => (type.length > MOST ? `${type.slice(0, MOST - 1)}…` : type);

/** What stands between the `|` of a type that is one of several. */
function alternatives(type: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (const [i, sign] of [...type].entries()) {
    if ('([{<'.includes(sign)) depth++;
    else if (')]}'.includes(sign) || (sign === '>' && type[i - 1] !== '=')) depth--;
    else if (sign === '|' && depth === 0) {
      found.push(type.slice(start, i).trim());
      start = i + 1;
    }
  }
  return [...found, type.slice(start).trim()];
}

/** A type with the word for it; in Chinese with a blank before it where it has none. */
export function type(type: string): string {
  const name = short(type);
  const [zh, en, isPlain] = wordFor(type) ?? [];
  if (!zh || !en) return text({ zh: ` ${name}`, en: name });
  return text({ zh: `${zh}（${name}）`, en: isPlain ? en : `${en} (${name})` });
}

/** The word, and whether it says all that the type does. */
type Word = readonly [zh: string, en: string, isPlain?: boolean];

const WORDS: readonly (readonly [RegExp, Word])[] = [
  [/^number$/, ['数', 'a number', true]],
  [/^string$/, ['字符串', 'a string', true]],
  [/^boolean$/, ['布尔值', 'a boolean', true]],
  [/^(\(.*?\) => [^|]*)$/s, ['函数', 'a function']],
  [/^[\w<>]+\[\]$/, ['数组', 'an array']],
  [/^Tensor(\dD)?(<\w+>)?$/, ['张量', 'a tensor']],
  [/^(Images|Labels|NdArray<.*>)$/s, ['读入的数据', 'loaded data']],
];

const wordFor = (type: string): Word | undefined =>
  WORDS.find(([pattern]) => pattern.test(type))?.[1];
