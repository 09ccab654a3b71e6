/** Makes a script of what TypeScript has made of a cell. */
import type { ConvertResult } from 'tslab/dist/converter';
import type * as TypeScript from 'typescript-api';
import { toScript } from '../script/script';
import { moved, split } from './source-maps';
import type { Converted } from './worker-rpc';

/** Parts of TypeScript that its declarations leave out. */
interface Binder {
  bindSourceFile(file: TypeScript.SourceFile, options: TypeScript.CompilerOptions): void;
}

type Bound = TypeScript.SourceFile & { readonly locals?: ReadonlyMap<unknown, TypeScript.Symbol> };

/** @param before what the cells before it declare. */
export function asScript(
  ts: typeof TypeScript & Binder,
  converted: Omit<ConvertResult, 'sideOutputs'>,
  before: string,
): Converted {
  if (!converted.output) return converted;
  const { code: source, map } = split(converted.output);
  const known = valuesIn(ts, before);
  const { code, moves } = toScript(source, {
    isKnown: name => known.has(name),
    // TypeScript has checked the cell.
    isConstant: () => false,
    isGlobal: () => true,
  });
  return { ...converted, output: code, map: moved(map, moves) };
}

/** Lists the names that are declared, but for those of types. */
function valuesIn(ts: typeof TypeScript & Binder, declared: string): Set<string> {
  const file: Bound = ts.createSourceFile('declared.ts', declared, ts.ScriptTarget.Latest);
  ts.bindSourceFile(file, {});
  const values = ts.SymbolFlags.Value | ts.SymbolFlags.Alias;
  const symbols = [...(file.locals?.values() ?? [])];
  return new Set(symbols.filter(({ flags }) => flags & values).map(({ name }) => name));
}
