/** Takes TypeScript's types out of a cell. */
import { transform } from 'sucrase';
import { CellSyntaxError, syntaxError } from '../script/syntax';

/**
 * Takes the types out; each line stays where it was.
 *
 * @throws CellSyntaxError
 */
export function stripTypes(source: string): string {
  refuseNamespace(source);
  try {
    return transform(source, {
      transforms: ['typescript'],
      disableESTransforms: true,
      keepUnusedImports: true,
    }).code;
  } catch (error) {
    throw syntaxError(error, source);
  }
}

/** Refuses a namespace: sucrase would leave it out without a word. */
function refuseNamespace(source: string): void {
  const lines = source.split('\n');
  const line = lines.findIndex(text =>
    /^\s*(export\s+)?(namespace|module)\s+[\w$.]+\s*\{/.test(text),
  );
  if (line < 0) return;
  throw new CellSyntaxError('A namespace cannot be used here; use an object instead.', {
    line: line + 1,
    column: 0,
  });
}
