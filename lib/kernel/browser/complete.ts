/** Completes what stands at the cursor, by the values that there are: nothing is called for it. */

import type { Names } from '../script/parameters';
import type { Answer } from '../worker-messages';
import { lookUp } from './names';

export interface Known {
  readonly names: Names;
  /** What can be imported, once it is there. */
  readonly modules: Readonly<Record<string, object>>;
}

const KEYWORDS =
  'async await class const else export false for from function if import let new null of return true typeof undefined while'.split(
    ' ',
  );

/** Of the platform's names, those that a lesson uses. */
const PLATFORM =
  'Array Boolean Date Error Float32Array Infinity Int32Array JSON Map Math NaN Number Object Promise RangeError RegExp Set String TypeError Uint8Array console fetch performance process setTimeout'.split(
    ' ',
  );

/** Completes a name, a member, a module's name, or a name of a module in an import. */
export function complete(code: string, cursor: number, { names, modules }: Known): Answer {
  const before = code.slice(0, cursor);
  const [, start = ''] = /([\w$@/:.-]*)$/.exec(before) ?? [];
  if (/(from|import|import\(|require\()\s*['"][^'"\n]*$/.test(before)) {
    return answer(Object.keys(modules), start, cursor);
  }
  const [, path, member = ''] = /([\w$.?[\]]*?)\??\.([\w$]*)$/.exec(before) ?? [];
  if (path) return answer(membersOf(lookUp(path, names)), member, cursor);
  const [name = ''] = /[\w$]*$/.exec(before) ?? [];
  const from = /^[^'"]*['"]([^'"\n]+)['"]/.exec(code.slice(cursor))?.[1];
  if (/\bimport\s*(type\s*)?\{[^}]*$/.test(before) && from && modules[from]) {
    return answer(Object.keys(modules[from] ?? {}), name, cursor);
  }
  // No number is a name.
  if (/^\d/.test(name)) return answer([], name, cursor);
  return answer([...Object.keys(names), ...KEYWORDS, ...PLATFORM], name, cursor);
}

function answer(found: readonly string[], start: string, cursor: number): Answer {
  const matches = [...new Set(found)].filter(name => name.startsWith(start)).sort(byUse);
  return {
    status: 'ok',
    matches,
    cursor_start: cursor - start.length,
    cursor_end: cursor,
    metadata: {},
  };
}

/** By the alphabet; what begins with `_` is not meant for others. */
const byUse = (a: string, b: string): number =>
  Number(a.startsWith('_')) - Number(b.startsWith('_')) || (a < b ? -1 : 1);

function membersOf(value: unknown): string[] {
  const names: string[] = [];
  if (value === null || value === undefined) return names;
  for (let holder = Object(value); holder && holder !== Object.prototype; ) {
    names.push(...Object.getOwnPropertyNames(holder));
    holder = Object.getPrototypeOf(holder);
  }
  return names.filter(name => /^[A-Za-z_$][\w$]*$/.test(name) && name !== 'constructor');
}
