/** Rewrites top-level declarations into assignments to shared variables, so later cells can use them. */
import type MagicString from 'magic-string';
import { analyze, type Scope } from 'periscopic';
import { PARAMETERS } from './parameters';
import { type Node, targetsIn } from './syntax';

const { names: NAMES, module: MODULE, member: MEMBER } = PARAMETERS;

/** Rewrites the top-level declarations, imports and last expression of a cell. */
export class TopLevel {
  /** The declared names, with the assigned identifier, and the offset after which top-level code may read the name. */
  readonly declaredNames = new Map<
    string,
    { constant: boolean; target?: Node; readableFrom: number }
  >();
  /** Code before the cell: function declarations are hoisted, and `var` starts as `undefined`. */
  prologue = '';
  /** The scope of the cell, and the scopes of inner nodes. */
  readonly root: Scope;
  readonly scopes: WeakMap<Node, Scope>;

  constructor(
    program: Node,
    readonly edits: MagicString,
  ) {
    ({ scope: this.root, map: this.scopes } = analyze(program));
    const declarations: ReadonlyMap<string, Node> = this.root.declarations;
    for (const [name, node] of declarations) {
      // `using` and `await using` end with the cell, so the names are not shared.
      if (node.kind !== 'using' && node.kind !== 'await using') {
        this.declaredNames.set(name, { constant: false, readableFrom: 0 });
      }
      if (node.kind === 'var') {
        this.prologue += `"${name}" in ${NAMES} || (${NAMES}.${name} = undefined);`;
      }
    }
    for (const statement of program.body) this.rewriteStatement(statement);
    const last = lastStatement(program.body, edits.original);
    if (last?.type === 'ExpressionStatement' && !isEnum(last.expression)) {
      edits.appendRight(last.start, 'return [');
      if (edits.original[last.end - 1] === ';') edits.update(last.end - 1, last.end, '];');
      else edits.prependLeft(last.end, '];');
    }
  }

  private rewriteStatement(node: Node): void {
    const { type, start, end, id, declaration } = node;
    if (/^Export(Default|Named|All)Declaration$/.test(type)) {
      const isValue = type === 'ExportDefaultDeclaration' && !declaration.id;
      this.edits.update(start, declaration?.start ?? end, isValue ? ';(' : '');
      if (isValue) this.edits.prependLeft(declaration.end, ');');
      else if (declaration) this.rewriteStatement(declaration);
    } else if (type === 'VariableDeclaration') this.rewriteVariables(node);
    else if (type === 'ImportDeclaration') this.rewriteImport(node);
    else if (type === 'FunctionDeclaration' && id) {
      this.prologue += `${NAMES}.${id.name} = ${id.name};`;
    } else if (type === 'ClassDeclaration' && id) {
      this.declaredNames.set(id.name, { constant: true, readableFrom: end });
      this.edits.appendRight(start, `;${NAMES}.${id.name} = `);
      this.edits.prependLeft(end, ';');
    }
  }

  private rewriteVariables(node: Node): void {
    const { declarations, kind } = node;
    if (!/^(const|let|var)$/.test(kind)) return;
    this.edits.update(node.start, declarations[0].start, ';(');
    const { end: lastEnd } = declarations.at(-1);
    if (lastEnd < node.end) this.edits.update(lastEnd, node.end, ');');
    else this.edits.appendRight(lastEnd, ');');
    for (const { id, init, end } of declarations) {
      const readableFrom = kind === 'var' ? 0 : end;
      for (const target of targetsIn(id)) {
        this.declaredNames.set(target.name, { constant: kind === 'const', target, readableFrom });
      }
      if (!init) this.edits.prependLeft(id.end, ' = undefined');
      if (id.type === 'Identifier' && init) nameFunction(id.name, init, this.edits);
    }
  }

  private rewriteImport(node: Node): void {
    const specifier = JSON.stringify(node.source.value);
    // periscopic omits `import * as name`.
    const lines = node.specifiers.map(({ type, local, imported }: Node) => {
      this.declaredNames.set(local.name, { constant: true, readableFrom: node.end });
      if (type === 'ImportNamespaceSpecifier')
        return `${NAMES}.${local.name} = await ${MODULE}(${specifier});`;
      const name = JSON.stringify(imported ? (imported.name ?? imported.value) : 'default');
      return `await ${MEMBER}(${specifier}, ${name}, "${local.name}");`;
    });
    const script = lines.join('') || `await ${MODULE}(${specifier});`;
    // Keep the line breaks, so that later lines keep the same numbers.
    const lineEnds = this.edits.original.slice(node.start, node.end).replace(/[^\n]/g, '');
    this.edits.update(node.start, node.end, script + lineEnds);
  }
}

/** Gives an anonymous function or class the variable's name: an assignment to a property would not. */
export function nameFunction(
  name: string,
  { type, id, start, end }: Node,
  edits: MagicString,
): void {
  if (id || !/^((Arrow)?Function|Class)Expression$/.test(type)) return;
  edits.appendRight(start, `({ ${name}: `);
  edits.prependLeft(end, ` }).${name}`);
}

function lastStatement(statements: Node, text: string): Node | undefined {
  // TypeScript appends exports after the last expression.
  const last = statements.findLast(
    ({ type, declaration }: Node) => !/^Export(Named|All)/.test(type) || declaration,
  );
  // TypeScript moves a cell with `using` into a block.
  const { start, end } = last?.finalizer ?? {};
  const isUsing = start && text.slice(start, end).includes('__disposeResources(');
  return isUsing ? lastStatement(last.block.body, text) : last;
}

/** Returns whether the expression is a compiled `enum` or `namespace`: `(function (E) { … })(E || (E = {}))`. */
const isEnum = ({ callee, arguments: [argument] = [] }: Node): boolean =>
  callee?.type === 'FunctionExpression' &&
  argument?.type === 'LogicalExpression' &&
  argument.right.type === 'AssignmentExpression';
