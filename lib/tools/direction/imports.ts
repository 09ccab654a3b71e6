import * as ts from '@tslab/typescript-for-tslab';

/** A module that a source file names. */
export interface Import {
  /** As it is written, such as `./fit` or `plotly.js`. */
  readonly name: string;
  /** Whether it is gone once the types are. */
  readonly typeOnly: boolean;
}

export interface Source {
  readonly imports: readonly Import[];
  /** Every string in it: packages are also required by a name that a constant holds. */
  readonly strings: ReadonlySet<string>;
}

/**
 * Reads what a file imports: `import` and `export … from`, of types too, `import()`,
 * `typeof import()`, `declare module`, `/// <reference>`, `require` and `require.resolve`. A name
 * that is not written out is not seen, nor is a package that is looked for in another one's folder
 * (`require.resolve(name, { paths })`).
 */
export function readSource(file: string, text: string): Source {
  const imports: Import[] = [];
  const strings = new Set<string>();
  const add = (name: ts.Node | undefined, typeOnly = false) => {
    if (name && ts.isStringLiteralLike(name)) imports.push({ name: name.text, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) strings.add(node.text);
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isOfTypes(node.importClause));
    if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    if (ts.isExternalModuleReference(node)) add(node.expression);
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, true);
    }
    if (ts.isModuleDeclaration(node)) add(node.name, true);
    if (ts.isCallExpression(node) && asksForModule(node)) add(node.arguments[0]);
    ts.forEachChild(node, visit);
  };
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  visit(source);
  for (const { fileName } of source.referencedFiles) {
    imports.push({ name: fileName.replace(/^(?!\.)/, './'), typeOnly: true });
  }
  for (const { fileName } of source.typeReferenceDirectives) {
    imports.push({ name: fileName, typeOnly: true });
  }
  return { imports, strings };
}

function isOfTypes(clause?: ts.ImportClause): boolean {
  if (!clause || clause.isTypeOnly) return clause !== undefined;
  const { name, namedBindings } = clause;
  if (name || !namedBindings || !ts.isNamedImports(namedBindings)) return false;
  return namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly);
}

function asksForModule({ expression, arguments: given }: ts.CallExpression): boolean {
  if (expression.kind === ts.SyntaxKind.ImportKeyword) return true;
  return given.length === 1 && /^require(\.resolve)?$/.test(expression.getText());
}
