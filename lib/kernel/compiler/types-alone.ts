/** Leaves of a TypeScript source what gives other files their types. */
import type * as TypeScript from 'typescript-api';

/**
 * Takes out of a module what no other file sees: what its functions do, whose results are declared, the
 * values of what is declared, and then the imports that nothing else needs. Documentation stays.
 */
export function keepTypesAlone(ts: typeof TypeScript, file: TypeScript.SourceFile): void {
  const used = new Set<string>();

  function visit(node: TypeScript.Node): void {
    if (ts.isIdentifier(node)) used.add(node.text);
    // Not a constructor's, where a property's type may come from.
    if (ts.isFunctionLike(node) && node.type) forget(node as TypeScript.FunctionLikeDeclaration);
    else if ((ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)) && node.type) {
      change(node, { initializer: undefined });
    }
    ts.forEachChild(node, visit);
  }

  function forget(node: TypeScript.FunctionLikeDeclaration): void {
    if (node.body) change(node, { body: ts.setTextRange(ts.factory.createBlock([]), node.body) });
  }

  const declared = file.statements.filter(statement => !runs(ts, statement));
  for (const statement of declared) if (!ts.isImportDeclaration(statement)) visit(statement);
  const needed = declared.filter(
    statement => !ts.isImportDeclaration(statement) || isNeeded(ts, statement, used),
  );
  change(file, {
    statements: ts.setTextRange(ts.factory.createNodeArray(needed), file.statements),
  });
}

/** TypeScript's nodes are read-only to its users alone. */
const change = (node: TypeScript.Node, values: object) => Object.assign(node, values);

function runs(ts: typeof TypeScript, { kind }: TypeScript.Statement): boolean {
  const { FirstStatement, LastStatement, VariableStatement } = ts.SyntaxKind;
  return kind >= FirstStatement && kind <= LastStatement && kind !== VariableStatement;
}

function isNeeded(
  ts: typeof TypeScript,
  { importClause }: TypeScript.ImportDeclaration,
  used: ReadonlySet<string>,
): boolean {
  // What is imported without a name may declare something for all.
  if (!importClause) return true;
  const { name, namedBindings } = importClause;
  const names = [
    name,
    ...(namedBindings && ts.isNamedImports(namedBindings)
      ? namedBindings.elements.map(element => element.name)
      : [namedBindings?.name]),
  ];
  return names.some(name => name && used.has(name.text));
}
