/** The functions of tslab's own TypeScript that npm's lacks, and tslab calls. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as TypeScript from 'typescript-api';

/** TypeScript with the parts that its declarations leave out. */
// biome-ignore lint/suspicious/noExplicitAny: they have no types.
type Internal = any;

export const functionsOfFork = (ts: Internal) => ({
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
  if (!file.text.includes('import.meta')) return [];
  const found: TypeScript.Diagnostic[] = [];
  const visit = (node: TypeScript.Node): void => {
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) {
      const [start, category] = [node.getStart(file), ts.DiagnosticCategory.Error];
      const place = { file, start, length: node.end - start };
      found.push({ ...place, category, code: 1343, messageText: 'A cell has no import.meta.' });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Explains the name at a position, as TypeScript's language service does. */
function quickInfo(
  ts: Internal,
  file: TypeScript.SourceFile,
  checker: TypeScript.TypeChecker,
  position: number,
): TypeScript.QuickInfo | undefined {
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
  const textSpan = ts.createTextSpanFromNode(node, file);
  const container = ts.getContainerNode(node);
  if (symbol) {
    const { symbolKind: kind, ...shown } =
      ts.SymbolDisplay.getSymbolDisplayPartsDocumentationAndSymbolKind(
        checker,
        symbol,
        file,
        container,
        node,
      );
    const kindModifiers = ts.SymbolDisplay.getSymbolModifiers(checker, symbol);
    return { ...shown, kind, kindModifiers, textSpan };
  }
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return undefined;
  const type = checker.getTypeAtLocation(node);
  const displayParts = ts.typeToDisplayParts(checker, type, container);
  return { kind: ts.ScriptElementKind.unknown, kindModifiers: '', textSpan, displayParts };
}
