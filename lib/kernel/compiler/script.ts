/** Makes a script of what TypeScript has made of a cell. */
import type { ConvertResult } from 'tslab/dist/converter';
import type * as TypeScript from 'typescript-api';
import { GIVEN } from './call';
import { type Binder, shareNames, valuesIn } from './shared-names';
import { moved, split, withMap } from './source-maps';

/** @param before what the cells before it declare. */
export function toScript(
  ts: typeof TypeScript & Binder,
  converted: ConvertResult,
  before: string,
): ConvertResult {
  if (!converted.output) return converted;
  const { code, map } = split(converted.output);
  const declared = ts.createSourceFile('declared.ts', before, ts.ScriptTarget.Latest);
  const { edits, first } = shareNames(ts, code, valuesIn(ts, declared));
  const { text, moves } = edits.apply();
  const head = `(async (${GIVEN.join(', ')}) => {'use strict'; ${first} `;
  const [line = [], ...lines] = moves;
  const later = line.map(({ from, to }) => ({ from, to: to + head.length }));
  const output = withMap(`${head}${text}\n})`, moved(map, [later, ...lines]));
  return { ...converted, output, hasToplevelAwait: true };
}
