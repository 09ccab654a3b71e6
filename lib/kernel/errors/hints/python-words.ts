import { text } from 'digits/language';

/** Python's words within an expression, and TypeScript's. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\bTrue\b/g, 'true'],
  [/\bFalse\b/g, 'false'],
  [/\bNone\b/g, 'null'],
  [/\bself\b/g, 'this'],
  [/\s+and\s+/g, ' && '],
  [/\s+or\s+/g, ' || '],
  [/\bnot\s+/g, '!'],
  [/\s+is\s+!/g, ' !== '],
  [/\s+is\s+/g, ' === '],
  [/(?<![=!<>])==(?!=)/g, '==='],
  [/!=(?!=)/g, '!=='],
];

/** Puts a short expression of Python into TypeScript. */
export const inTypeScript = (expression: string): string =>
  /['"`]/.test(expression)
    ? expression
    : WORDS.reduce((text, [word, ours]) => text.replace(word, ours), expression);

export const inPython = (theirs: string, ours: string): string =>
  text({
    zh: `Python 的 ${theirs}，在 TypeScript 里写成 ${ours}`,
    en: `Python's ${theirs} is ${ours} in TypeScript`,
  });
