/** Completes and explains what stands at the cursor, by the values that there are: nothing is called for it. */
import { inspect } from 'node-inspect-extracted';
import type { Answer } from './messages';
import type { Names } from './names';

/** What can be completed. */
export interface Known {
  readonly names: Names;
  /** What can be imported, once it is there. */
  readonly modules: Readonly<Record<string, object>>;
}

const KEYWORDS = [
  'async',
  'await',
  'class',
  'const',
  'else',
  'export',
  'false',
  'for',
  'from',
  'function',
  'if',
  'import',
  'let',
  'new',
  'null',
  'of',
  'return',
  'true',
  'typeof',
  'undefined',
  'while',
];

/** Of the platform's names, those that a lesson uses. */
const PLATFORM = [
  'Array',
  'Boolean',
  'Date',
  'Error',
  'Float32Array',
  'Infinity',
  'Int32Array',
  'JSON',
  'Map',
  'Math',
  'NaN',
  'Number',
  'Object',
  'Promise',
  'RangeError',
  'RegExp',
  'Set',
  'String',
  'TypeError',
  'Uint8Array',
  'console',
  'fetch',
  'performance',
  'process',
  'setTimeout',
];

/** Completes a name, a member, a module's name, or a name of a module in an import. */
export function complete(code: string, cursor: number, { names, modules }: Known): Answer {
  const before = code.slice(0, cursor);
  const [, start = ''] = /([\w$@/:.-]*)$/.exec(before) ?? [];
  if (/(from|import|import\(|require\()\s*['"][^'"\n]*$/.test(before)) {
    return answer(Object.keys(modules), start, cursor);
  }
  const [, path, member = ''] = /([\w$.?[\]]*?)\??\.([\w$]*)$/.exec(before) ?? [];
  if (path) return answer(membersOf(valueAt(path, names)), member, cursor);
  const [name = ''] = /[\w$]*$/.exec(before) ?? [];
  const from = /^[^'"]*['"]([^'"\n]+)['"]/.exec(code.slice(cursor))?.[1];
  if (/\bimport\s*(type\s*)?\{[^}]*$/.test(before) && from && modules[from]) {
    return answer(Object.keys(modules[from] ?? {}), name, cursor);
  }
  // No number is a name.
  if (/\d$/.test(before.slice(0, cursor - name.length) + name) && /^\d/.test(name)) {
    return answer([], name, cursor);
  }
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

/** Follows a path such as `tf.layers`; getters are not called. */
function valueAt(path: string, names: Names): unknown {
  const [first = '', ...rest] = path.split(/\??\.|\[|\]\.?/).filter(Boolean);
  let value = Object.hasOwn(names, first) ? names[first] : Reflect.get(globalThis, first);
  for (const name of rest) {
    if (value === null || value === undefined) return undefined;
    value = propertyOf(value, name);
  }
  return value;
}

function propertyOf(value: unknown, name: string): unknown {
  for (let holder = Object(value); holder; holder = Object.getPrototypeOf(holder)) {
    const property = Object.getOwnPropertyDescriptor(holder, name);
    if (property) return property.get ? undefined : property.value;
  }
  return undefined;
}

function membersOf(value: unknown): string[] {
  const names: string[] = [];
  if (value === null || value === undefined) return names;
  for (let holder = Object(value); holder && holder !== Object.prototype; ) {
    names.push(...Object.getOwnPropertyNames(holder));
    holder = Object.getPrototypeOf(holder);
  }
  return names.filter(name => /^[A-Za-z_$][\w$]*$/.test(name) && name !== 'constructor');
}

/** Explains the name at the cursor: what it holds, and of a function its parameters. */
export function explain(code: string, cursor: number, { names }: Known): Answer {
  const before = /[\w$.]*$/.exec(code.slice(0, cursor))?.[0] ?? '';
  const after = /^[\w$]*/.exec(code.slice(cursor))?.[0] ?? '';
  const path = before + after;
  const value = path ? valueAt(path, names) : undefined;
  if (value === undefined) return { status: 'ok', found: false, data: {}, metadata: {} };
  const text = inspect(value, { depth: 1, maxArrayLength: 10, breakLength: 80 });
  return { status: 'ok', found: true, data: { 'text/plain': `${path}: ${text}` }, metadata: {} };
}
