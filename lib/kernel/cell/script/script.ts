/**
 * Compiles a cell to a script with top-level `await`. The top-level names become properties of a shared object,
 * so later cells can use and redeclare the names.
 *
 * acorn parses the cell without types; periscopic resolves scopes. Each line keeps its number, so that stack
 * traces of the script point to lines of the cell.
 */
import MagicString from 'magic-string';
import type { Scope } from 'periscopic';
import { guardLoops } from './loops';
import { type CellScript, PARAMETERS } from './parameters';
import { type Node, parseCell, targetsIn, toSyntaxError, walk } from './syntax';
import { nameFunction, TopLevel } from './top-level';

/** Names that exist when a cell is compiled. */
export interface Context {
  isKnown(name: string): boolean;
  /** Returns whether an earlier cell declared this name by `const`, `class` or `import`. */
  isConstant(name: string): boolean;
  /** Returns whether the platform defines the name, such as `console`. */
  isGlobal(name: string): boolean;
  /** Whether loops must poll for interrupts, if nothing else can stop a loop. */
  readonly guardsLoops?: boolean;
}

export type Script = ReturnType<typeof toScript>;

/**
 * Compiles a cell without types to a strict-mode expression with a {@link CellScript} as value.
 *
 * @returns the code, the mapping of each line, and whether each declared name is constant.
 * @throws CellSyntaxError with the location in the cell.
 */
export function toScript(source: string, context: Context) {
  const program = parseCell(source);
  const edits = new MagicString(source);
  const cell = new TopLevel(program, edits);
  const guards = context.guardsLoops ? guardLoops(program, edits) : '';
  rewriteReferences(program, cell, context);
  const parameters = Object.entries(PARAMETERS).map(([name, parameter]) => `${name}: ${parameter}`);
  // The semicolon keeps 'use strict' from being a directive: destructured parameters forbid the directive.
  edits.prependLeft(0, `(async ({ ${parameters} }) => { ${guards}${cell.prologue}; `);
  const { mappings: moves } = edits.generateDecodedMap();
  const declared = new Map([...cell.declaredNames].map(([name, { constant }]) => [name, constant]));
  return { code: `${edits}\n})`, moves, declared };
}

/** The ancestors of a node, outermost first. */
type Path = readonly Node[];

const isWithinFunction = (path: Path): boolean =>
  path.some(({ type }) =>
    /^(ArrowFunctionExpression|Function(Declaration|Expression)|PropertyDefinition)$/.test(type),
  );

/** Rewrites references to top-level names into properties of the shared object. @throws CellSyntaxError */
function rewriteReferences(
  program: Node,
  { root, scopes, declaredNames, edits }: TopLevel,
  context: Context,
): void {
  walk(program, (node, path) => {
    const { type, start, end } = node;
    if (type === 'MetaProperty' && node.meta.name === 'import') {
      throw toSyntaxError({ message: 'A cell has no import.meta.', pos: start }, edits.original);
    }
    for (const { name, start: pos } of targetsIn(assignmentTarget(node))) {
      const message = `Cannot assign to '${name}' because it is a constant.`;
      if (isConstant(name, [...path, node])) throw toSyntaxError({ message, pos }, edits.original);
    }
    if (type === 'ImportExpression') {
      edits.update(start, start + 'import'.length, PARAMETERS.module);
    } else if (type === 'AwaitExpression') {
      edits.appendRight(start, `${PARAMETERS.resume}(${PARAMETERS.run}(), `);
      edits.prependLeft(end, ')');
      edits.appendRight(node.argument.start, `${PARAMETERS.wait}(`);
      edits.prependLeft(node.argument.end, ')');
    } else if (type === 'CatchClause' && node.param?.type === 'Identifier') {
      edits.appendRight(node.body.start + 1, `${PARAMETERS.mend}(${node.param.name});`);
    } else if (isVarOfRoot(node, path)) {
      edits.update(start, node.declarations[0].start, '');
    } else if (type === 'AssignmentExpression' && node.operator === '=') {
      if (node.left.type === 'Identifier') nameFunction(node.left.name, node.right, edits);
    } else if (isReference(node, path.at(-1) ?? {})) {
      const replacement = sharedProperty(node, path);
      if (replacement) edits.update(start, end, replacement);
    }
  });

  /** Returns the scope that declares a name, or `null` if the cell does not declare the name. */
  function scopeOf(name: string, path: Path): Scope | null {
    const inner = [...path].reverse().find(node => scopes.has(node));
    return (scopes.get(inner) ?? root).find_owner(name);
  }

  function isConstant(name: string, path: Path): boolean {
    const owner = scopeOf(name, path) ?? root;
    if (owner !== root) return (owner.declarations.get(name) as Node)?.kind === 'const';
    return declaredNames.get(name)?.constant ?? context.isConstant(name);
  }

  /** Returns the shared property of a name, or `undefined` for local names and platform globals. */
  function sharedProperty(node: Node, path: Path): string | undefined {
    const { name } = node;
    const { names, checked, early } = PARAMETERS;
    // periscopic ignores the inner name binding of a class.
    const isOfClass = path.some(({ type, id }) => /^Class/.test(type) && id?.name === name);
    const owner = scopeOf(name, path);
    const declared = declaredNames.get(name);
    if (isOfClass || name === 'arguments' || (owner && (owner !== root || !declared)))
      return undefined;
    const isShared = declared || context.isKnown(name);
    if (!isShared && context.isGlobal(name)) return undefined;
    const parent: Node = path.at(-1);
    const isBeforeDeclaration =
      declared && node.start < declared.readableFrom && !isWithinFunction(path);
    let replacement = `${isShared ? names : checked}.${name}`;
    if (isBeforeDeclaration && declared.target !== node) replacement = `${early}("${name}")`;
    else if (parent.type === 'UnaryExpression' && parent.operator === 'typeof') {
      replacement = `("${name}" in ${names} ? ${names}.${name} : undefined)`;
    }
    // A comma expression calls a function without `this`, although the name is now a property.
    const isCalled = parent.callee === node && parent.type === 'CallExpression';
    if (isCalled || parent.tag === node) replacement = `(0, ${replacement})`;
    return shorthandKey(node, path) + replacement;
  }
}

/** Returns the target of an assignment, an update or a loop. */
function assignmentTarget({ type, left, argument }: Node): Node | undefined {
  if (type === 'UpdateExpression') return argument;
  return /^(AssignmentExpression|For(In|Of)Statement)$/.test(type) ? left : undefined;
}

/** Returns whether an identifier is a value reference rather than a member, a key, a label or a declaration. */
function isReference(node: Node, { type, computed, property, key, label, id }: Node): boolean {
  if (node.type !== 'Identifier' || /^(MetaProperty$|ExportAll|(Im|Ex)port\w*Specifier)/.test(type))
    return false;
  if (!computed && (node === property || node === key)) return false;
  return node !== label && (node !== id || type === 'VariableDeclarator');
}

/** Returns whether the node is a `var` in a block or loop head, outside functions. */
function isVarOfRoot({ type, kind }: Node, path: Path): boolean {
  const isTop = /^(Program|ExportNamedDeclaration)$/.test(path.at(-1)?.type);
  return type === 'VariableDeclaration' && kind === 'var' && !isTop && !isWithinFunction(path);
}

/** Returns the key to keep for a shorthand property, also in a pattern with a default. */
function shorthandKey(node: Node, path: Path): string {
  const parent: Node = path.at(-1);
  const { type, shorthand, value } = parent.type === 'AssignmentPattern' ? path.at(-2) : parent;
  return type === 'Property' && shorthand && (value.left ?? value) === node ? `${node.name}: ` : '';
}
