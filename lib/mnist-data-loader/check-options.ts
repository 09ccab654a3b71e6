import { OptionError } from './errors';
import type { Text } from './language';
import type { LoadOptions } from './options';

/** What an option may be, in words and by a test. */
type Allowed = readonly [expected: Text, fits: (value: unknown) => boolean];

const text: Allowed = [{ en: 'a string', zh: '字符串' }, value => typeof value === 'string'];

const ALLOWED = {
  name: text,
  dir: text,
  dataDir: text,
  download: [{ en: 'true or false', zh: ' true 或 false' }, value => typeof value === 'boolean'],
  mirrors: [
    { en: 'an array of addresses', zh: '由地址组成的数组' },
    value => Array.isArray(value) && value.every(each => typeof each === 'string'),
  ],
  stallTimeout: [
    { en: 'a number of milliseconds above 0', zh: '大于 0 的毫秒数' },
    value => typeof value === 'number' && value > 0,
  ],
  progress: [
    {
      en: 'true, false or an object with a method write',
      zh: ' true、false 或带有 write 方法的对象',
    },
    value =>
      typeof value === 'boolean' || typeof (value as { write?: unknown })?.write === 'function',
  ],
  warn: [{ en: 'a function', zh: '函数' }, value => typeof value === 'function'],
} satisfies Record<keyof LoadOptions | 'name', Allowed>;

/**
 * Refuses what cannot be honoured, as a plain JavaScript program may give it.
 *
 * @param fixed whether the set is known, so that it can be given no name
 * @throws OptionError that names the option, what it may be, and what it was.
 */
export function checkOptions(options: unknown, fixed = false): void {
  const names = Object.keys(ALLOWED).filter(name => !fixed || name !== 'name');
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    const written = fixed || typeof options !== 'string' ? { dir: './my-digits' } : nameOr(options);
    const example = `loadData(${JSON.stringify(written)
      .replace(/"(\w+)":/, ' $1: ')
      .replace('}', ' }')})`;
    throw new OptionError(
      undefined,
      { en: 'an object of options', zh: 'loadData 的参数应为由选项组成的对象' },
      inWords(options),
      { en: `Write it as in ${example}.`, zh: `请写成 ${example} 的形式。` },
    );
  }
  for (const [name, value] of Object.entries(options)) {
    if (!names.includes(name)) {
      const near = nearest(name, names);
      throw new OptionError(
        name,
        {
          en: `an option (${names.join(', ')})`,
          zh: `loadData 的选项应为 ${names.join('、')} 之一`,
        },
        { en: name, zh: name },
        near
          ? { en: `Did you mean ${near}?`, zh: `您是不是想写 ${near}？` }
          : { en: 'Correct the name, or leave it out.', zh: '请改正名称，或去掉它。' },
      );
    }
    const [expected, fits] = ALLOWED[name as keyof typeof ALLOWED];
    if (value !== undefined && !fits(value)) {
      throw new OptionError(
        name,
        { en: `${name} to be ${expected.en}`, zh: `选项 ${name} 应为${expected.zh}` },
        inWords(value),
        { en: 'Correct the value, or leave it out.', zh: '请改正这个值，或去掉它。' },
      );
    }
  }
}

const nameOr = (given: string) => (/[/\\.]/.test(given) ? { dir: given } : { name: given });

function inWords(value: unknown): Text {
  if (Array.isArray(value)) return { en: 'an array', zh: '数组' };
  if (typeof value === 'function') return { en: 'a function', zh: '函数' };
  if (typeof value === 'object' && value !== null) return { en: 'an object', zh: '对象' };
  const said = typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : String(value);
  return { en: said, zh: said };
}

/** Returns the name that was most likely meant; `undefined` where none is near. */
function nearest(given: string, names: readonly string[]): string | undefined {
  const bare = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');
  const [best] = names
    .map(name => ({ name, steps: distance(bare(given), bare(name)) }))
    .sort((a, b) => a.steps - b.steps);
  return best && best.steps <= best.name.length / 3 ? best.name : undefined;
}

/** Counts the letters to be put in, taken out or changed, by Levenshtein's algorithm. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + Number(a[i - 1] !== b[j - 1]);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
