/** Modules that are not there. */
import { text } from 'digits/language';
import type { Found } from '../cell-error';
import { nearest } from '../nearest';

const LESSON = ['@tensorflow/tfjs', 'digits', 'mnist-data-loader', 'tslab'];

export function missingModule({ error: { message } }: Found): string | undefined {
  const [, name] =
    /^(?:Cannot find module|Module) '([^']+)' (?:or its corresponding|cannot be)/.exec(message) ??
    /^'([^']+)' cannot be imported/.exec(message) ??
    /^浏览器里不能导入 '([^']+)'/.exec(message) ??
    [];
  if (!name) return undefined;
  const meant = /^(tensorflow|keras|tfjs)\b/.test(name) ? LESSON[0] : nearest(name, LESSON);
  return meant && text({ zh: `想导入的是 '${meant}' 吗？`, en: `Did you mean '${meant}'?` });
}
