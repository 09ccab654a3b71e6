/** Takes the types out of cells, runs the scripts that they become, and finds the lines of the cells in the errors of all browsers. */
import { transform } from 'sucrase';
import { functionIn, mendErrors, type Place } from '../errors/mend';
import type { CellScript } from '../script/parameters';
import { toSyntaxError } from '../script/syntax';

const NO_NAMESPACE = 'A namespace cannot be used here; use an object instead.';

/** Takes the types out; each line stays where it was. @throws CellSyntaxError */
export function stripTypes(source: string): string {
  // Sucrase would leave it out without a word.
  const namespace = source.search(/^[ \t]*(?:export\s+)?(?:namespace|module)\s+[\w$.]+\s*\{/m);
  if (namespace >= 0) throw toSyntaxError({ message: NO_NAMESPACE, pos: namespace }, source);
  try {
    return transform(source, {
      transforms: ['typescript'],
      disableESTransforms: true,
      keepUnusedImports: true,
    }).code;
  } catch (error) {
    throw toSyntaxError(error, source);
  }
}

/** The cells by the addresses of their scripts, and what line of theirs each line is, unless it is the same. */
const cells = new Map<string, { cell: number; lines: readonly number[] | undefined }>();

export async function evaluate(code: string, cell: number, lines?: readonly number[]) {
  // As a module, since WebKit tells no lines of what `eval` runs. The comma leaves the function nameless.
  const blob = new Blob([`export default (0, ${code})`], { type: 'text/javascript' });
  const address = URL.createObjectURL(blob);
  cells.set(address, { cell, lines });
  try {
    const module: { default: CellScript } = await import(address);
    return module.default;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Chromium writes `    at f (blob:…:2:5)`, the others `f@blob:…:2:5`. */
const FRAME = /^(?: +at )?(.*?)(?: \(|@)?(blob:(?:(?!blob:)\S)+?):(\d+)(?::\d+)?\)?$/gm;

/** Firefox and WebKit say by these where a script cannot be read. */
type Unread = Partial<
  Record<'fileName' | 'sourceURL', string> & Record<'lineNumber' | 'line', number>
>;

mendErrors((error: Error & Unread): Place[] => {
  const { fileName, lineNumber, sourceURL = fileName, line = lineNumber } = error;
  const all = [...String(error.stack).matchAll(FRAME)];
  const places = all.length > 0 ? all : [['', '', sourceURL, line]];
  return places.flatMap(([, called, address, row]) => {
    const { cell, lines } = cells.get(String(address)) ?? {};
    // TypeScript has added the lines that are none of the cell's.
    const place = lines ? lines[Number(row) - 1] : Number(row);
    if (cell === undefined || place === undefined) return [];
    return { cell, line: place, what: functionIn(String(called)) };
  });
});
