/**
 * Makes of a cell a script whose top-level names live in an object, so that the cells after it see them,
 * may declare them again, and `await` stands at the top level.
 *
 * acorn reads the cell, of which the types are gone already; periscopic finds whose names they are. Each
 * line stays where it was, so that an error's place in the script leads to its place in the cell.
 */
import type { Scope } from 'periscopic';
import { Edits } from './edits';
import { guardLoops } from './loops';
import { type CellScript, PARAMETERS } from './parameters';
import { type Node, read, syntaxError, targetsIn, walk } from './syntax';
import { nameFunction, TopLevel } from './top-level';

/** What a cell is compiled against. */
export interface Context {
  /** Whether earlier cells have made this name. */
  isKnown(name: string): boolean;
  /** Whether an earlier cell declared this name by `const`, `class` or `import`. */
  isConstant(name: string): boolean;
  /** Whether the name is one of the platform's, such as `console`. */
  isGlobal(name: string): boolean;
  /** Whether loops are to ask for interrupts: nothing else can end them. */
  readonly guardsLoops?: boolean;
}

export type Script = ReturnType<typeof toScript>;

/**
 * Makes a script of a cell without types: an expression, of strict code, which is a {@link CellScript}.
 *
 * @returns also how the parts of its lines have moved, and of each name that it declares whether it is a constant.
 * @throws CellSyntaxError with the place in the cell.
 */
export function toScript(source: string, context: Context) {
  const program = read(source);
  const edits = new Edits(source);
  const cell = new TopLevel(program, edits);
  const guards = context.guardsLoops ? guardLoops(program, edits) : '';
  rewrite(program, cell, context);
  const given = Object.entries(PARAMETERS).map(([name, own]) => `${name}: ${own}`);
  // The semicolon keeps 'use strict' from being a directive, which parameters of this kind forbid.
  edits.close(0, `(async ({ ${given} }) => { ${guards}${cell.first}; `);
  const { text, moves } = edits.apply();
  const declared = new Map([...cell.own].map(([name, { constant }]) => [name, constant]));
  return { code: `${text}\n})`, moves, declared };
}

/** What encloses a node, the outermost first. */
type Path = readonly Node[];

const isWithinFunction = (path: Path): boolean =>
  path.some(({ type }) =>
    /^(ArrowFunctionExpression|Function(Declaration|Expression)|PropertyDefinition)$/.test(type),
  );

/** Makes each reference to a top-level name look for it where it is kept. @throws CellSyntaxError */
function rewrite(program: Node, { root, scopes, own, edits }: TopLevel, context: Context): void {
  walk(program, (node, path) => {
    const { type, start, end } = node;
    if (type === 'MetaProperty' && node.meta.name === 'import') {
      throw syntaxError({ message: 'A cell has no import.meta.', pos: start }, edits.text);
    }
    for (const { name, start: pos } of targetsIn(targetOf(node))) {
      const message = `Cannot assign to '${name}' because it is a constant.`;
      if (isConstant(name, [...path, node])) throw syntaxError({ message, pos }, edits.text);
    }
    if (type === 'ImportExpression') {
      edits.replace(start, start + 'import'.length, PARAMETERS.module);
    } else if (type === 'AwaitExpression') {
      edits.open(start, `${PARAMETERS.resume}(${PARAMETERS.run}(), `);
      edits.close(end, ')');
      edits.open(node.argument.start, `${PARAMETERS.wait}(`);
      edits.close(node.argument.end, ')');
    } else if (type === 'CatchClause' && node.param?.type === 'Identifier') {
      edits.open(node.body.start + 1, `${PARAMETERS.mend}(${node.param.name});`);
    } else if (isVarOfRoot(node, path)) {
      edits.replace(start, node.declarations[0].start);
    } else if (type === 'AssignmentExpression' && node.operator === '=') {
      if (node.left.type === 'Identifier') nameFunction(node.left.name, node.right, edits);
    } else if (isReference(node, path.at(-1) ?? {})) {
      const place = placeOf(node, path);
      if (place) edits.replace(start, end, place);
    }
  });

  /** Finds the scope that declares a name; undefined if the cell does not. */
  function ownerOf(name: string, path: Path): Scope | null {
    const inner = [...path].reverse().find(node => scopes.has(node));
    return (scopes.get(inner) ?? root).find_owner(name);
  }

  function isConstant(name: string, path: Path): boolean {
    const owner = ownerOf(name, path) ?? root;
    if (owner !== root) return (owner.declarations.get(name) as Node)?.kind === 'const';
    return own.get(name)?.constant ?? context.isConstant(name);
  }

  /** Finds where a name is kept; undefined for those of functions and blocks, and of the platform. */
  function placeOf(node: Node, path: Path): string | undefined {
    const { name } = node;
    const { names, checked, early } = PARAMETERS;
    // periscopic does not know that a class has its name to itself.
    const isOfClass = path.some(({ type, id }) => /^Class/.test(type) && id?.name === name);
    const owner = ownerOf(name, path);
    const declared = own.get(name);
    if (isOfClass || name === 'arguments' || (owner && (owner !== root || !declared)))
      return undefined;
    const isKept = declared || context.isKnown(name);
    if (!isKept && context.isGlobal(name)) return undefined;
    const parent: Node = path.at(-1);
    const isEarly = declared && node.start < declared.readableFrom && !isWithinFunction(path);
    let place = `${isKept ? names : checked}.${name}`;
    if (isEarly && declared.target !== node) place = `${early}("${name}")`;
    else if (parent.type === 'UnaryExpression' && parent.operator === 'typeof') {
      place = `("${name}" in ${names} ? ${names}.${name} : undefined)`;
    }
    // A function that is called by its name gets no `this`, though the name has become a member.
    const isCalled = parent.callee === node && parent.type === 'CallExpression';
    if (isCalled || parent.tag === node) place = `(0, ${place})`;
    return keyOf(node, path) + place;
  }
}

/** Finds what an assignment, a step or a loop writes to. */
function targetOf({ type, left, argument }: Node): Node | undefined {
  if (type === 'UpdateExpression') return argument;
  return /^(AssignmentExpression|For(In|Of)Statement)$/.test(type) ? left : undefined;
}

/** Tells whether an identifier stands for a value: not for a member, a key, a label, or what is declared by itself. */
function isReference(node: Node, { type, computed, property, key, label, id }: Node): boolean {
  if (node.type !== 'Identifier' || /^(MetaProperty$|(Im|Ex)port\w*Specifier)/.test(type))
    return false;
  if (!computed && (node === property || node === key)) return false;
  return node !== label && (node !== id || type === 'VariableDeclarator');
}

/** Tells whether it is a `var` in a block or in the head of a loop that belongs to the whole cell. */
function isVarOfRoot({ type, kind }: Node, path: Path): boolean {
  const isTop = /^(Program|ExportNamedDeclaration)$/.test(path.at(-1)?.type);
  return type === 'VariableDeclaration' && kind === 'var' && !isTop && !isWithinFunction(path);
}

/** In `{ x }`, also as a pattern and with a default, the key stays. */
function keyOf(node: Node, path: Path): string {
  const parent: Node = path.at(-1);
  const { type, shorthand, value } = parent.type === 'AssignmentPattern' ? path.at(-2) : parent;
  return type === 'Property' && shorthand && (value.left ?? value) === node ? `${node.name}: ` : '';
}
