/**
 * Says what is at the cursor, by the values that there are, of which nothing is called: completes it, or explains
 * what it holds, and of the lesson's packages how to use it.
 */
import { inspect } from 'node-inspect-extracted';
import { chainOf, valueAt } from '../errors/values';
import type { Names } from '../script/parameters';
import type { Answer } from '../worker-messages';

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

const membersOf = (value: unknown): string[] =>
  chainOf(value === null || value === undefined ? value : Object(value))
    .filter(each => each !== Object.prototype)
    .flatMap(each => Object.getOwnPropertyNames(each))
    .filter(name => /^[A-Za-z_$][\w$]*$/.test(name) && name !== 'constructor');

/** By module, then by name, also `layers.dense`: the signature, and what is said of it. */
type PackageDocs = Readonly<Record<string, Readonly<Record<string, string>>>>;

let docs: Promise<PackageDocs> | undefined;

/** They lie beside the worker's script, and are fetched when first asked for. */
function packageDocs(): Promise<PackageDocs> {
  docs ??= fetch(new URL('docs.json', globalThis.location.href)).then(response => response.json());
  // A network that is away for a moment is asked again.
  docs.catch(() => {
    docs = undefined;
  });
  return docs;
}

export async function explain(
  code: string,
  cursor: number,
  { names, modules }: Known,
): Promise<Answer> {
  const before = /[\w$.]*$/.exec(code.slice(0, cursor))?.[0] ?? '';
  const after = /^[\w$]*/.exec(code.slice(cursor))?.[0] ?? '';
  const path = before + after;
  const value = path ? lookUp(path, names) : undefined;
  if (value === undefined) return { status: 'ok', found: false, data: {}, metadata: {} };
  const said = await docsOf(value, modules).catch(() => undefined);
  const text =
    said ?? `${path}: ${inspect(value, { depth: 1, maxArrayLength: 10, breakLength: 80 })}`;
  return { status: 'ok', found: true, data: { 'text/plain': text }, metadata: {} };
}

/** Finds what is said of a function or class, by whatever name a cell has for it. */
async function docsOf(value: unknown, modules: Known['modules']): Promise<string | undefined> {
  if (typeof value !== 'function') return undefined;
  for (const [module, entries] of Object.entries(await packageDocs())) {
    const name = Object.keys(entries).find(each => valueAt(each, modules[module] ?? {}) === value);
    if (name) return entries[name];
  }
  return undefined;
}

/** Finds what a path such as `tf.layers` holds, of the cells or the platform. */
function lookUp(path: string, names: Names): unknown {
  const [first = '', rest = ''] = path.split(/(?<=^[\w$]+)(?![\w$])/);
  const value = Object.hasOwn(names, first) ? names[first] : Reflect.get(globalThis, first);
  return valueAt(`value${rest}`, { value });
}
