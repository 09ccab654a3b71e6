/**
 * Has the names at the top level of a cell become members of one object, so that whoever uses a name finds
 * what the latest cell gave it. `browser/compile` does the same with other parsers, which a browser can
 * load and which are smaller.
 */
import type * as TypeScript from 'typescript-api';
import { Edits } from '../browser/compile/edits';
import { PARAMETERS } from '../browser/compile/parameters';

const { names: NAMES, module: MODULE, member: MEMBER, wait: WAIT } = PARAMETERS;

/** Parts of TypeScript that its declarations leave out. */
export interface Binder {
  bindSourceFile(file: TypeScript.SourceFile, options: TypeScript.CompilerOptions): void;
  isExpressionNode(node: TypeScript.Node): boolean;
}

type Scope = TypeScript.Node & { readonly locals?: ReadonlyMap<unknown, TypeScript.Symbol> };
type Names = typeof TypeScript & Binder;

/** Returns the names that a file declares, but for those of types. */
export function valuesIn(ts: Names, file: TypeScript.SourceFile): Set<string> {
  ts.bindSourceFile(file, {});
  const values = ts.SymbolFlags.Value | ts.SymbolFlags.Alias;
  const symbols = [...((file as Scope).locals?.values() ?? [])];
  return new Set(symbols.filter(({ flags }) => flags & values).map(({ name }) => name));
}

/**
 * @param code a cell without types.
 * @param known the names of the cells before it.
 * @returns the edits that make of it the body of an async function of {@link PARAMETERS}, which ends in
 * `[value]` if the cell ends in an expression; and what comes before it.
 */
export function shareNames(ts: Names, code: string, known: ReadonlySet<string>) {
  const file = ts.createSourceFile(
    'cell.js',
    code,
    { languageVersion: ts.ScriptTarget.Latest, setExternalModuleIndicator },
    true,
  );
  const own = valuesIn(ts, file);
  const edits = new Edits(code);
  const member = (name: string) => `${NAMES}.${name}`;
  const hoisted = (name: string) => `"${name}" in ${NAMES} || (${member(name)} = undefined);`;
  /** What comes before all else: functions may be called above their declaration. */
  let first = '';

  for (const statement of file.statements) declare(statement);
  const last = file.statements.at(-1);
  if (last && ts.isExpressionStatement(last) && !isEnum(last.expression)) {
    edits.open(last.getStart(), 'return [(');
    edits.close(last.expression.end, ')]');
  }
  visit(file);
  return { edits, first };

  /** Rewrites a statement at the top level, if it declares something. */
  function declare(node: TypeScript.Statement): void {
    if (ts.isFunctionDeclaration(node) && node.name) {
      first += `${member(node.name.text)} = ${node.name.text};`;
    } else if (ts.isClassDeclaration(node) && node.name) {
      edits.open(node.getStart(), `;${member(node.name.text)} = `);
      edits.close(node.end, ';');
    } else if (ts.isImportDeclaration(node)) {
      importNames(node);
    }
  }

  function importNames(node: TypeScript.ImportDeclaration): void {
    const { importClause, moduleSpecifier } = node;
    const from = moduleSpecifier.getText();
    const bindings = importClause?.namedBindings;
    const members = [
      ...(importClause?.name ? [['default', importClause.name.text]] : []),
      ...(bindings && ts.isNamedImports(bindings)
        ? bindings.elements.map(({ name, propertyName }) => [
            (propertyName ?? name).text,
            name.text,
          ])
        : []),
    ];
    const lines = members.map(([name, as]) => {
      return `await ${MEMBER}(${from}, ${JSON.stringify(name)}, "${as}");`;
    });
    if (bindings && ts.isNamespaceImport(bindings)) {
      lines.push(`${member(bindings.name.text)} = await ${MODULE}(${from});`);
    }
    first += lines.join('') || `await ${MODULE}(${from});`;
    edits.replace(node.getStart(), node.end, node.getText().replace(/[^\n]/g, ''));
  }

  function visit(node: TypeScript.Node): void {
    // What it is called by in the script is all that is left of it.
    if (ts.isImportDeclaration(node)) return;
    if (ts.isVariableDeclarationList(node) && isOfCell(node)) assign(node);
    else if (ts.isIdentifier(node)) refer(node);
    else if (ts.isAwaitExpression(node)) {
      // Before it waits, and before the cell goes on.
      for (const each of [node, node.expression]) {
        edits.open(each.getStart(), `${WAIT}(`);
        edits.close(each.end, ')');
      }
    } else if (node.kind === ts.SyntaxKind.ImportKeyword && ts.isCallExpression(node.parent)) {
      edits.replace(node.getStart(), node.end, MODULE);
    }
    ts.forEachChild(node, visit);
  }

  /** Tells whether what is declared belongs to the cell: also a `var` in a block. */
  function isOfCell(list: TypeScript.VariableDeclarationList): boolean {
    if (list.parent.parent === file && ts.isVariableStatement(list.parent)) return true;
    if (list.flags & ts.NodeFlags.BlockScoped) return false;
    return !ts.findAncestor(list, node => ts.isFunctionLike(node) || ts.isClassElement(node));
  }

  /** Makes an assignment of a declaration. */
  function assign(list: TypeScript.VariableDeclarationList): void {
    const { declarations, parent } = list;
    const start = list.getStart();
    const keyword = /^\w+/.exec(code.slice(start))?.[0] ?? '';
    const isStatement = ts.isVariableStatement(parent);
    edits.replace(start, start + keyword.length, isStatement ? '(' : '');
    if (isStatement) edits.close(declarations.at(-1)?.end ?? list.end, ')');
    for (const { name, initializer } of declarations) {
      if (keyword === 'var') first += namesIn(name).map(hoisted).join('');
      if (!initializer) {
        if (!ts.isForInStatement(parent) && !ts.isForOfStatement(parent)) {
          edits.close(name.end, keyword === 'var' ? '' : ' = undefined');
        }
      } else if (ts.isIdentifier(name)) nameFunction(name.text, initializer);
    }
  }

  function namesIn(name: TypeScript.BindingName): string[] {
    if (ts.isIdentifier(name)) return [name.text];
    return name.elements.flatMap(each => (ts.isBindingElement(each) ? namesIn(each.name) : []));
  }

  /** What is assigned to a member gets no name of it: gives a function or class that of its variable. */
  function nameFunction(name: string, value: TypeScript.Expression): void {
    const isNameless =
      ts.isArrowFunction(value) ||
      ((ts.isFunctionExpression(value) || ts.isClassExpression(value)) && !value.name);
    if (!isNameless) return;
    edits.open(value.getStart(), `({ ${name}: `);
    edits.close(value.end, ` }).${name}`);
  }

  function refer(node: TypeScript.Identifier): void {
    const { parent, text } = node;
    if (ts.isBinaryExpression(parent) && parent.left === node) {
      if (parent.operatorToken.kind === ts.SyntaxKind.EqualsToken) nameFunction(text, parent.right);
    }
    const isKey =
      (ts.isShorthandPropertyAssignment(parent) && parent.name === node) ||
      (ts.isBindingElement(parent) &&
        ts.isObjectBindingPattern(parent.parent) &&
        parent.name === node &&
        !parent.propertyName &&
        !parent.dotDotDotToken);
    if (!(isKey || isReference(node) || isDeclared(node)) || !isShared(node)) return;
    const isCalled =
      (ts.isCallExpression(parent) && parent.expression === node) ||
      (ts.isTaggedTemplateExpression(parent) && parent.tag === node);
    // A function that is called by its name gets no `this`, though the name has become a member.
    const shown = isCalled ? `(0, ${member(text)})` : member(text);
    edits.replace(node.getStart(), node.end, isKey ? `${text}: ${shown}` : shown);
  }

  function isReference(node: TypeScript.Identifier): boolean {
    const { parent } = node;
    const isName = 'name' in parent && parent.name === node;
    return ts.isExpressionNode(node) && !isName;
  }

  /** Tells whether a declaration of the cell fills this name. */
  function isDeclared(node: TypeScript.Node): boolean {
    const { parent } = node;
    const isName = 'name' in parent && parent.name === node;
    return isName && (ts.isVariableDeclaration(parent) || ts.isBindingElement(parent));
  }

  /** Tells whether a name is one of the cell's or of the cells' before it, not one of a function or block. */
  function isShared({ text, escapedText, parent }: TypeScript.Identifier): boolean {
    for (let scope: TypeScript.Node = parent; scope; scope = scope.parent) {
      if (scope === file) return own.has(text) || known.has(text);
      if ((scope as Scope).locals?.has(escapedText)) return false;
      if (ts.isClassLike(scope) || ts.isFunctionExpression(scope)) {
        if (scope.name?.text === text) return false;
      }
    }
    return false;
  }

  /** An `enum` or `namespace`, as TypeScript writes it: `(function (E) { … })(E || (E = {}))`. */
  function isEnum(node: TypeScript.Expression): boolean {
    if (!ts.isCallExpression(node) || !ts.isParenthesizedExpression(node.expression)) return false;
    const [given] = node.arguments;
    return (
      ts.isFunctionExpression(node.expression.expression) &&
      given !== undefined &&
      /^(\S+) \|\| \(\1 = \{\}\)$/.test(given.getText())
    );
  }
}

/** `await` is a word of the language in modules alone. */
function setExternalModuleIndicator(file: TypeScript.SourceFile): void {
  Object.assign(file, { externalModuleIndicator: file });
}
