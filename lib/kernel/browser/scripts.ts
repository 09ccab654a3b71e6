/** Removes types from cells, evaluates scripts, and maps stack traces of all browsers to cells. */
import { transform } from 'sucrase';
import { functionIn, mendErrors, type Place } from '../cell/errors/mend';
import type { CellScript } from '../cell/script/parameters';
import { toSyntaxError } from '../cell/script/syntax';

const NO_NAMESPACE = 'A namespace cannot be used here; use an object instead.';

/** Removes the types and keeps line numbers. @throws CellSyntaxError */
export function stripTypes(source: string): string {
  // Sucrase would silently remove a namespace.
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

/** Cells by script URL. `lines` maps script lines to cell lines, if they differ. */
const cells = new Map<string, { cell: number; lines: readonly number[] | undefined }>();

export async function evaluate(code: string, cell: number, lines?: readonly number[]) {
  // WebKit omits line numbers of `eval` code, so import a module. The comma keeps the function anonymous.
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

/** A frame of Chromium `    at f (blob:…:2:5)`, or of other browsers `f@blob:…:2:5`. */
const FRAME = /^(?: +at )?(.*?)(?: \(|@)?(blob:(?:(?!blob:)\S)+?):(\d+)(?::\d+)?\)?$/gm;

/** The location of a syntax error in Firefox and WebKit. */
type ErrorLocation = Partial<
  Record<'fileName' | 'sourceURL', string> & Record<'lineNumber' | 'line', number>
>;

mendErrors((error: Error & ErrorLocation): Place[] => {
  const { fileName, lineNumber, sourceURL = fileName, line = lineNumber } = error;
  const frames = [...String(error.stack).matchAll(FRAME)];
  const locations = frames.length > 0 ? frames : [['', '', sourceURL, line]];
  return locations.flatMap(([, notation, address, row]) => {
    const { cell, lines } = cells.get(String(address)) ?? {};
    // Lines added by TypeScript have no cell line.
    const cellLine = lines ? lines[Number(row) - 1] : Number(row);
    if (cell === undefined || cellLine === undefined) return [];
    return { cell, line: cellLine, functionName: functionIn(String(notation)) };
  });
});
