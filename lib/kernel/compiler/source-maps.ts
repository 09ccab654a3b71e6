/**
 * Ends what a cell becomes in a map to what the learner wrote, so that an error names the lines of the
 * cell. A cell is compiled twice, by TypeScript and then to a script; the map leads through both.
 */
import type { SourceMapPayload } from 'node:module';
import { basename } from 'node:path';
import remapping, { type EncodedSourceMap } from '@jridgewell/remapping';
import { decode, encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec';
import type * as TypeScript from 'typescript-api';
import type { Move } from '../script/edits';

const COMMENT = /\n?\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/;

/** Takes off the map in which the first time ends. */
export function split(output: string): { code: string; map: EncodedSourceMap } {
  const [comment = '', map = ''] = COMMENT.exec(output) ?? [];
  return {
    code: output.slice(0, output.length - comment.length),
    map: JSON.parse(Buffer.from(map, 'base64').toString()),
  };
}

/** Returns the map of a text in which each line is where it was, and parts of it have moved within. */
export function moved(
  map: EncodedSourceMap,
  moves: readonly (readonly Move[])[],
): SourceMapPayload {
  const mappings = decode(map.mappings).map((segments, line) =>
    segments.map(([column, ...rest]) => {
      const { to, from } = moves[line]?.filter(({ from }) => from <= column).at(-1) ?? NONE;
      return [column + to - from, ...rest] as SourceMapSegment;
    }),
  );
  return { ...map, mappings: encode(mappings) } as SourceMapPayload;
}

const NONE: Move = { from: 0, to: 0 };

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
