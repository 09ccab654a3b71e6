/** How the value of a cell is shown, as by Node's own prompt. */
import { text } from 'digits/language';
import type { DisplayContent } from './messages';

/** Returns what is shown of a value in words; undefined where nothing is. */
export function shownValue(value: unknown, inspect: (value: unknown) => string) {
  if (value === undefined || value === null) return undefined;
  const words = inspect(value);
  const isPending = words === 'Promise { <pending> }';
  const content: DisplayContent = {
    data: { 'text/plain': isPending ? `${words}\n${text(NOT_YET)}` : words },
    metadata: {},
  };
  return content;
}

const NOT_YET = {
  zh: '这个值还没有算出来。是不是忘了写 await？',
  en: 'This value is not ready yet. Is an await missing?',
};
