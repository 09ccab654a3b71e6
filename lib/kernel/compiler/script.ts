/** Makes a script of what TypeScript has made of a cell, and CommonJS of a module. Both keep its map. */
import type { SourceMapPayload } from 'node:module';
import { basename } from 'node:path';
import remapping, { type EncodedSourceMap } from '@jridgewell/remapping';
import type { ConvertResult } from 'tslab/dist/converter';
import type * as TypeScript from 'typescript-api';
import { toScript } from '../script/script';
import type { Internal } from './fast-watch-host';
import type { Converted } from './worker-rpc';

type Bound = TypeScript.SourceFile & { readonly locals?: ReadonlyMap<unknown, TypeScript.Symbol> };

/** @param before what the cells before it declare. */
export function asScript(
  ts: typeof TypeScript & Internal,
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
  return { ...converted, output: code, map: map as SourceMapPayload, moves };
}

/** Lists the names that are declared, but for those of types. */
function valuesIn(ts: typeof TypeScript & Internal, declared: string): Set<string> {
  const file: Bound = ts.createSourceFile('declared.ts', declared, ts.ScriptTarget.Latest);
  ts.bindSourceFile(file, {});
  const values = ts.SymbolFlags.Value | ts.SymbolFlags.Alias;
  const symbols = [...(file.locals?.values() ?? [])];
  return new Set(symbols.filter(({ flags }) => flags & values).map(({ name }) => name));
}

const COMMENT = /\n?\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/;

/** Takes off the map in which the first time ends. */
function split(output: string): { code: string; map: EncodedSourceMap } {
  const [comment = '', map = ''] = COMMENT.exec(output) ?? [];
  return {
    code: output.slice(0, output.length - comment.length),
    map: JSON.parse(Buffer.from(map, 'base64').toString()),
  };
}

/** Makes CommonJS of a module beside the notebook, with a map that leads through both times. */
export function toCommonJs(
  ts: typeof TypeScript,
  output: string,
): { data: string; map: SourceMapPayload } {
  const { code, map } = split(output);
  const { outputText: data, sourceMapText = '' } = ts.transpileModule(code, {
    fileName: 'module.js',
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
      sourceMap: true,
    },
  });
  const both = remapping(JSON.parse(sourceMapText), (_, { depth }) => (depth === 1 ? map : null));
  // The folder in which it is compiled does not exist.
  const sources = both.sources.map(source => source && basename(source));
  return { data, map: { ...both, sources } as unknown as SourceMapPayload };
}
