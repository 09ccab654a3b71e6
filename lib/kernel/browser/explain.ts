/** Explains the name at the cursor: what it holds, and of the lesson's packages how to use it. */
import { inspect } from 'node-inspect-extracted';
import { valueAt } from '../errors/values';
import type { Answer } from '../worker-messages';
import type { Known } from './complete';
import { lookUp } from './names';

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
