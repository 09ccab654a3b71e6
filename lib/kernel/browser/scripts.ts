/** Takes the types out of cells, runs the scripts that they become, and finds these in what browsers write. */
import { transform } from 'sucrase';
import { syntaxError } from '../script/syntax';

const NO_NAMESPACE = 'A namespace cannot be used here; use an object instead.';

/**
 * Takes the types out; each line stays where it was.
 *
 * @throws CellSyntaxError
 */
export function stripTypes(source: string): string {
  // Sucrase would leave it out without a word.
  const namespace = source.search(/^[ \t]*(?:export\s+)?(?:namespace|module)\s+[\w$.]+\s*\{/m);
  if (namespace >= 0) throw syntaxError({ message: NO_NAMESPACE, pos: namespace }, source);
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

/** The cells by the addresses of their scripts, and what line of theirs each line is, unless it is the same. */
const cells = new Map<string, { cell: number; lines: readonly number[] | undefined }>();

/** The sources of the cells, which their errors show. */
export const sources = new Map<number, string>();

export async function evaluate<T>(
  code: string,
  cell: number,
  lines?: readonly number[],
): Promise<T> {
  // As a module, since WebKit tells no lines of what `eval` runs. The comma leaves the function nameless.
  const blob = new Blob([`export default (0, ${code})`], { type: 'text/javascript' });
  const address = URL.createObjectURL(blob);
  cells.set(address, { cell, lines });
  try {
    const module: { default: T } = await import(address);
    return module.default;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Returns the cell of a script, and the line in it; undefined for a line that TypeScript has added. */
export function placeAt(address: string, row: number): { cell: number; line: number } | undefined {
  const { cell, lines } = cells.get(address) ?? {};
  const line = lines ? lines[row - 1] : row;
  return cell === undefined || line === undefined ? undefined : { cell, line };
}
