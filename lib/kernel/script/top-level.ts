/** Rewrites what stands at the top level of a cell, so that it fills names that outlive the cell. */
import { analyze, type Scope } from 'periscopic';
import type { Edits } from './edits';
import { PARAMETERS } from './parameters';
import { type Node, targetsIn } from './syntax';

const { names: NAMES, module: MODULE, member: MEMBER } = PARAMETERS;

/** Rewrites the declarations at the top level of a cell, its imports, and its last expression. */
export class TopLevel {
  /** The names that it declares: the identifier that is filled, and from where on the top level may read it. */
  readonly own = new Map<string, { constant: boolean; target?: Node; readableFrom: number }>();
  /** What comes before all else: functions may be called above their declaration. */
  first = '';
  /** The scope of the whole cell, and those of what stands in it. */
  readonly root: Scope;
  readonly scopes: WeakMap<Node, Scope>;

  constructor(
    program: Node,
    readonly edits: Edits,
  ) {
    ({ scope: this.root, map: this.scopes } = analyze(program));
    const declarations: ReadonlyMap<string, Node> = this.root.declarations;
    for (const [name, node] of declarations) {
      // `using` ends with its cell, and what is made for one cell is not kept.
      if (node.kind !== 'using' && node.kind !== 'await using') {
        this.own.set(name, { constant: false, readableFrom: 0 });
      }
      if (node.kind === 'var') {
        this.first += `"${name}" in ${NAMES} || (${NAMES}.${name} = undefined);`;
      }
    }
    for (const statement of program.body) this.statement(statement);
    // TypeScript puts exports behind it.
    const last = program.body.findLast(
      ({ type, declaration }: Node) => !/^Export(Named|All)/.test(type) || declaration,
    );
    if (last?.type === 'ExpressionStatement' && !isEnum(last.expression)) {
      edits.open(last.start, 'return [');
      if (edits.text[last.end - 1] === ';') edits.replace(last.end - 1, last.end, '];');
      else edits.close(last.end, '];');
    }
  }

  private statement(node: Node): void {
    const { type, start, end, id, declaration } = node;
    if (/^Export(Default|Named|All)Declaration$/.test(type)) {
      const isValue = type === 'ExportDefaultDeclaration' && !declaration.id;
      this.edits.replace(start, declaration?.start ?? end, isValue ? ';(' : '');
      if (isValue) this.edits.close(declaration.end, ');');
      else if (declaration) this.statement(declaration);
    } else if (type === 'VariableDeclaration') this.variables(node);
    else if (type === 'ImportDeclaration') this.imports(node);
    else if (type === 'FunctionDeclaration' && id) {
      this.first += `${NAMES}.${id.name} = ${id.name};`;
    } else if (type === 'ClassDeclaration' && id) {
      this.own.set(id.name, { constant: true, readableFrom: end });
      this.edits.open(start, `;${NAMES}.${id.name} = `);
      this.edits.close(end, ';');
    }
  }

  private variables(node: Node): void {
    const { declarations, kind } = node;
    if (!/^(const|let|var)$/.test(kind)) return;
    this.edits.replace(node.start, declarations[0].start, ';(');
    this.edits.replace(declarations.at(-1).end, node.end, ');');
    for (const { id, init, end } of declarations) {
      const readableFrom = kind === 'var' ? 0 : end;
      for (const target of targetsIn(id)) {
        this.own.set(target.name, { constant: kind === 'const', target, readableFrom });
      }
      if (!init) this.edits.close(id.end, ' = undefined');
      if (id.type === 'Identifier' && init) nameFunction(id.name, init, this.edits);
    }
  }

  private imports(node: Node): void {
    const from = JSON.stringify(node.source.value);
    // periscopic leaves `import * as name` out.
    const lines = node.specifiers.map(({ type, local, imported }: Node) => {
      this.own.set(local.name, { constant: true, readableFrom: node.end });
      if (type === 'ImportNamespaceSpecifier')
        return `${NAMES}.${local.name} = await ${MODULE}(${from});`;
      const name = JSON.stringify(imported ? (imported.name ?? imported.value) : 'default');
      return `await ${MEMBER}(${from}, ${name}, "${local.name}");`;
    });
    const script = lines.join('') || `await ${MODULE}(${from});`;
    // Its lines stay, so that those below keep their numbers.
    const lineEnds = this.edits.text.slice(node.start, node.end).replace(/[^\n]/g, '');
    this.edits.replace(node.start, node.end, script + lineEnds);
  }
}

/** Gives a function or class the name of its variable: what is assigned to a member gets none. */
export function nameFunction(name: string, { type, id, start, end }: Node, edits: Edits): void {
  if (id || !/^((Arrow)?Function|Class)Expression$/.test(type)) return;
  edits.open(start, `({ ${name}: `);
  edits.close(end, ` }).${name}`);
}

/** Tells whether it is an `enum` or `namespace` without its types: `(function (E) { … })(E || (E = {}))`. */
const isEnum = ({ callee, arguments: [given] = [] }: Node): boolean =>
  callee?.type === 'FunctionExpression' &&
  given?.type === 'LogicalExpression' &&
  given.right.type === 'AssignmentExpression';
