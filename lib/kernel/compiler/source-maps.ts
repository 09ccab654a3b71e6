/**
 * Has what tslab compiles end in a map to what the learner wrote, so that an error names the lines of the
 * cell. tslab compiles twice, to JavaScript and then to CommonJS, and asks for no map.
 */
import { basename } from 'node:path';
import remapping, { type SourceMapInput } from '@jridgewell/remapping';
import type * as TypeScript from '@tslab/typescript-for-tslab';
import { stoppable } from './stoppable';

/** For the first time. */
export const mapped = (options: TypeScript.CompilerOptions): TypeScript.CompilerOptions => ({
  ...options,
  inlineSourceMap: true,
});

const COMMENT = /\n?\/\/# sourceMappingURL=(?:data:application\/json;base64,(\S+)|\S+)\s*$/;

/** The second time: returns `transpileModule` with a map that leads through both. */
export function mappedTwice(ts: typeof TypeScript) {
  return (code: string, options: TypeScript.TranspileOptions): TypeScript.TranspileOutput => {
    const [comment = '', first = ''] = COMMENT.exec(code) ?? [];
    const plain = code.slice(0, code.length - comment.length);
    const compilerOptions = { ...options.compilerOptions, sourceMap: true };
    const transformers = { before: [stoppable(ts)] };
    const compiled = ts.transpileModule(plain, { ...options, compilerOptions, transformers });
    if (!first || !compiled.sourceMapText) return compiled;
    const inner: SourceMapInput = JSON.parse(Buffer.from(first, 'base64').toString());
    const map = remapping(JSON.parse(compiled.sourceMapText), (_, { depth }) =>
      depth === 1 ? inner : null,
    );
    // The folder in which it is compiled does not exist.
    map.sources = map.sources.map(source => source && basename(source));
    const text = compiled.outputText.replace(COMMENT, '');
    const url = `data:application/json;base64,${Buffer.from(map.toString()).toString('base64')}`;
    return { ...compiled, outputText: `${text}\n//# sourceMappingURL=${url}` };
  };
}
