/**
 * What tslab finds in the place of what it imports. It exports its parts, but no way to tell them which
 * TypeScript they are to use, or that another thread has it. Nothing else of it is replaced. Each function
 * is called before tslab is loaded into its thread.
 */
import Module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as TypeScript from 'typescript-api';
import { maskStrings } from '../errors/code';

/**
 * Keeps TypeScript out of the thread of the cells: tslab's `display` comes with its converter. Without a
 * thread for TypeScript the first cell ends after 2.4 s in place of 1.8 s, and "Run All" after 5.6 s in place
 * of 4.6 s.
 */
export function withoutTypeScript(): void {
  standIn(require.resolve('tslab/dist/converter'), {});
}

/**
 * Gives tslab's converter today's TypeScript in place of its own of 2023, with some functions of ours; what
 * each is worth stands with it.
 *
 * @returns TypeScript as it is.
 */
export function withOwnTypeScript(
  own: (ts: typeof TypeScript) => Partial<typeof TypeScript>,
): typeof TypeScript {
  const tslab = dirname(require.resolve('tslab/package.json'));
  const file = require.resolve('@tslab/typescript-for-tslab', { paths: [tslab] });
  const ts: typeof TypeScript = require('typescript-api');
  standIn(file, { ...ts, ...functionsOfFork(ts as never), ...own(ts) });
  return ts;
}

function standIn(file: string, exports: object): void {
  require.cache[file] = Object.assign(new Module(file), { loaded: true, exports });
}

/** TypeScript with the parts that its declarations leave out. */
// biome-ignore lint/suspicious/noExplicitAny: they have no types.
type Internal = any;

/** The functions of tslab's own TypeScript that npm's lacks, and tslab calls. */
const functionsOfFork = (ts: Internal) => ({
  getDefaultTypeRoots: (folder: string): string[] =>
    (createRequire(join(folder, 'cell.ts')).resolve.paths('types') ?? [])
      .map(path => join(path, '@types').replaceAll('\\', '/'))
      .filter(ts.sys.directoryExists),
  getNullTransformationContext: () => ts.nullTransformationContext,
  getPreEmitDiagnosticsOfFiles: (program: TypeScript.Program, files: TypeScript.SourceFile[]) =>
    files.flatMap(file => [
      ...ts.getPreEmitDiagnostics(program, file).map(kept),
      ...refused(ts, file),
    ]),
  getQuickInfoAtPosition: (
    file: TypeScript.SourceFile,
    checker: TypeScript.TypeChecker,
    _token: TypeScript.CancellationToken,
    position: number,
  ) => quickInfo(ts, file, checker, position),
  Completions: {
    ...ts.Completions,
    getCompletionsAtPositionForTslab: ts.Completions.getCompletionsAtPosition,
  },
});

/**
 * Makes tslab keep the error of an `await` that may not be there: it would take each for one at the top level,
 * which its own TypeScript refuses and today's does not.
 */
const kept = (found: TypeScript.Diagnostic): TypeScript.Diagnostic =>
  found.code === 1308 ? { ...found, code: 1375 } : found;

/** Finds what TypeScript lets pass, and no cell has. */
function refused(ts: typeof TypeScript, file: TypeScript.SourceFile): TypeScript.Diagnostic[] {
  const found = 'import.meta';
  const start = file.text.includes(found) ? maskStrings(file.text).indexOf(found) : -1;
  const place = { file, start, length: found.length, category: ts.DiagnosticCategory.Error };
  return start < 0 ? [] : [{ ...place, code: 1343, messageText: `A cell has no ${found}.` }];
}

/** Explains the name at a position, as TypeScript's language service does. */
function quickInfo(
  ts: Internal,
  file: TypeScript.SourceFile,
  checker: TypeScript.TypeChecker,
  position: number,
): Pick<TypeScript.QuickInfo, 'displayParts' | 'documentation' | 'tags'> | undefined {
  const touched = ts.getTouchingPropertyName(file, position);
  if (touched === file) return undefined;
  const { parent } = touched;
  const isNew = ts.isNewExpression(parent) && touched.pos === parent.pos;
  const node = isNew ? parent.expression : touched;
  const option = ts.getContainingObjectLiteralElement(node);
  const expected = option && checker.getContextualType(option.parent);
  const [known] = expected
    ? ts.getPropertySymbolsFromContextualType(option, checker, expected, false)
    : [];
  const symbol = known ?? checker.getSymbolAtLocation(node);
  const container = ts.getContainerNode(node);
  const { getSymbolDisplayPartsDocumentationAndSymbolKind: explain } = ts.SymbolDisplay;
  if (symbol) return explain(checker, symbol, file, container, node);
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return undefined;
  const type = checker.getTypeAtLocation(node);
  return { displayParts: ts.typeToDisplayParts(checker, type, container) };
}
