/** The glossary's rule for numbers and spaces, as a search for what breaks it. */

/** Returns the prose of a text, without code, formulas, addresses and tags. */
export const prose = (text: string): string =>
  text.replace(
    /```[\s\S]*?```|`[^`\n]*`|\$\$?[^$]*\$?\$|\]\([^)]*\)|<[^>\n]+>|\[[\w, …·\u4e00-\u9fff-]*\]|(?<=\|) *[\d.]+ *(?=\|)/g,
    match => (match.startsWith('](') ? ']' : '·'),
  );

interface Rule {
  readonly pattern: RegExp;
  readonly wanted: string;
}

const HAN = '[\\u4e00-\\u9fff]';
const FULL = '[，。；：？！、（）《》“”]';

const BOTH: readonly Rule[] = [{ pattern: /\d\s%/, wanted: 'no space before %' }];

const RULES: Readonly<Record<'zh' | 'en', readonly Rule[]>> = {
  en: [
    ...BOTH,
    { pattern: /\d[ \u202f]\d{3}(?!\d)/, wanted: 'a comma between thousands' },
    { pattern: /(?<![\d.,#/:-])[1-9]\d{4,}(?!\d|\.\d)/, wanted: 'a comma between thousands' },
    { pattern: /\bper cent\b/, wanted: '%' },
  ],
  zh: [
    ...BOTH,
    { pattern: /\d[ ,]\d{3}(?!\d)/, wanted: 'U+202F between thousands' },
    { pattern: /(?<![\d.,#/:-])[1-9]\d{4,}(?!\d|\.\d)/, wanted: 'U+202F between thousands' },
    { pattern: /(?<![\d\u202f])\d\u202f\d{3}(?![\d\u202f])/, wanted: 'four digits in one' },
    {
      pattern: new RegExp(`${HAN}[A-Za-z\\d]|[A-Za-z\\d%]${HAN}`),
      wanted: 'a space between Chinese and Latin',
    },
    {
      pattern: new RegExp(`${FULL} +(?![|→])\\S|\\S(?<![|→]) +${FULL}`),
      wanted: 'no space at 全角标点',
    },
    { pattern: new RegExp(`${HAN}[,;?!]`), wanted: '全角标点' },
  ],
};

/** As the original tutorial has it; and ports, which are typed as they stand. */
const EXEMPT = /前4个数据|任意4个数据|--port.*/g;

/** Each place that breaks the rule, with what is wanted there. */
export function styleProblems(text: string, language: 'zh' | 'en'): string[] {
  return prose(text.replace(EXEMPT, '·'))
    .split('\n')
    .flatMap(line =>
      RULES[language].flatMap(({ pattern, wanted }) => {
        const found = pattern.exec(line);
        if (!found) return [];
        const around = line.slice(Math.max(0, found.index - 20), found.index + 30);
        return [`${wanted}: …${around}…`];
      }),
    );
}
