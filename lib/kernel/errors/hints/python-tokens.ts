import { text } from 'digits/language';
import type { Found } from '../cell-error';
import { missingName } from './missing-name';
import { inPython } from './python-words';

/** Signs and words of Python within a line. */
export function pythonToken(found: Found): string | undefined {
  const { error, code, line, isThrown } = found;
  const isSyntax = error.name === 'SyntaxError' || (error.code ?? 0) < 2000 || error.code === 2304;
  if (isThrown || !isSyntax) return undefined;
  if (/(^|\s)#(\s|$)/.test(line)) return inPython('# …', '// …');
  for (const place of placesOfF(found)) {
    if (!/^f['"]/.test(code.bare.slice(place))) continue;
    const string = code.operand(place + 1).slice(1, -1);
    return inPython("f'…'", `\`${string.replaceAll('{', '${')}\``);
  }
  const [, array, from = '', to = ''] = /([\w$.]+)\[\s*(-?\w*)\s*:\s*(-?\w*)\s*\]/.exec(line) ?? [];
  if (array) return inPython(`[${from}:${to}]`, slice(array, from, to));
  const [, word] = /(?:^|[\w)\]'"]\s+|[(=]\s*)(and|or|not|is)\s+[\w('"[!-]/.exec(line) ?? [];
  const ours = { and: '&&', or: '||', not: '!', is: '===' }[word ?? ''];
  return word && ours && !/\)\s*:\s*\w+\s+is\b/.test(line) ? inPython(word, ours) : undefined;
}

/** Where the `f` of `f'…'` may be: TypeScript takes it for a name; of the browser's kernel the line is known. */
function placesOfF(found: Found): number[] {
  const { error, code, line } = found;
  if (error.code !== undefined) return missingName(error)?.name === 'f' ? found.placesOf('f') : [];
  const start = code.offset(error.line, 0);
  return Array.from(line.matchAll(/(?<![\w$.])f(?=['"])/g), ({ index = 0 }) => start + index);
}

/** A tensor, like what the loader gives, counts from where it begins; an array counts up to where it ends. */
function slice(array: string, from: string, to: string): string {
  const start = from || '0';
  if (!to) return `${array}.slice(${start})`;
  if (start === '0' && /^\d+$/.test(to)) return `${array}.slice(0, ${to})`;
  const forArrays = `${array}.slice(${start}, ${to})`;
  if (!/^\d+$/.test(start) || !/^\d+$/.test(to)) {
    return text({ zh: `${forArrays}（数组）`, en: `${forArrays} (for an array)` });
  }
  const forTensors = `${array}.slice(${start}, ${Number(to) - Number(start)})`;
  return text({
    zh: `${forArrays}（数组）或 ${forTensors}（张量和读入的数据：从第几个起，取几个）`,
    en: `${forArrays} (for an array) or ${forTensors} (for a tensor or loaded data: where to start, how many)`,
  });
}
