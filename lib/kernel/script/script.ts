/**
 * Makes of a cell a script whose top-level names live in an object, so that the cells after it see them,
 * may declare them again, and `await` stands at the top level.
 *
 * acorn reads the cell, of which the types are gone already; periscopic finds whose names they are. Each
 * line stays where it was, so that an error's place in the script leads to its place in the cell.
 */
import { analyze, type Scope } from 'periscopic';
import { Edits, type Move } from './edits';
import { guardLoops } from './loops';
import { type CellScript, PARAMETERS } from './parameters';
import { CellSyntaxError, type Node, read, targetsIn, walk } from './syntax';
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

export interface Script {
  /** An expression, of strict code, which is a {@link CellScript}. */
  readonly code: string;
  /** How the parts of its lines have moved. */
  readonly moves: readonly (readonly Move[])[];
  /** The names that the cell declares, and whether each is a constant. */
  readonly declared: ReadonlyMap<string, boolean>;
}

/**
 * Makes a script of a cell.
 *
 * @param source the cell, without types.
 * @throws CellSyntaxError with the place in the cell.
 */
export function toScript(source: string, context: Context): Script {
  const program = read(source);
  const edits = new Edits(source);
  const scopes = scopesOf(program);
  const cell = new TopLevel(program, scopes.root.declarations, edits);
  refuse(program, scopes, cell, context);
  const guards = context.guardsLoops ? guardLoops(program, edits) : '';
  rewriteReferences(program, scopes, cell, context, edits);
  const given = Object.entries(PARAMETERS).map(([name, own]) => `${name}: ${own}`);
  // The semicolon keeps 'use strict' from being a directive, which parameters of this kind forbid.
  const head = `(async ({ ${given} }) => { ${guards}${cell.first}; `;
  const { text, moves } = edits.apply();
  const [line = [], ...lines] = moves;
  return {
    code: `${head}${text}\n})`,
    moves: [line.map(({ from, to }) => ({ from, to: to + head.length })), ...lines],
    declared: new Map([...cell.own].map(([name, { constant }]) => [name, constant])),
  };
}

/** A node with those that enclose it, the outermost first. */
type Path = readonly Node[];

type Scopes = ReturnType<typeof scopesOf>;

function scopesOf(program: Node) {
  const { map, scope: root } = analyze(program);
  /** Returns the scope that declares a name; undefined if the cell does not. */
  const owner = (name: string, path: Path): Scope | undefined => {
    const inner = [...path].reverse().find(node => map.has(node));
    return (map.get(inner) ?? root).find_owner(name) ?? undefined;
  };
  return { root, owner };
}

/** @throws CellSyntaxError for what no cell may do: assign to a constant. */
function refuse(program: Node, scopes: Scopes, { own }: TopLevel, context: Context) {
  const isConstant = (name: string, owner?: Scope) =>
    owner && owner !== scopes.root
      ? (owner.declarations.get(name) as Node)?.kind === 'const'
      : (own.get(name)?.constant ?? context.isConstant(name));
  walk(program, (node, path) => {
    if (node.type === 'MetaProperty' && node.meta.name === 'import') {
      throw new CellSyntaxError('A cell has no import.meta.', node.loc.start);
    }
    for (const { name, loc } of targetsIn(targetOf(node))) {
      if (!isConstant(name, scopes.owner(name, [...path, node]))) continue;
      const message = `Cannot assign to '${name}' because it is a constant.`;
      throw new CellSyntaxError(message, loc.start);
    }
  });
}

/** Finds what an assignment, a step or a loop writes to. */
function targetOf({ type, left, argument }: Node): Node | undefined {
  if (type === 'UpdateExpression') return argument;
  const isLoop = type === 'ForInStatement' || type === 'ForOfStatement';
  if (type === 'AssignmentExpression' || (isLoop && left.type !== 'VariableDeclaration'))
    return left;
  return undefined;
}

const isWithinFunction = (path: Path): boolean =>
  path.some(({ type }) =>
    /^(ArrowFunctionExpression|Function(Declaration|Expression)|PropertyDefinition)$/.test(type),
  );

/** Makes each reference to a top-level name look for it where it is kept. */
function rewriteReferences(
  program: Node,
  scopes: Scopes,
  { own, skipped, targets }: TopLevel,
  context: Context,
  edits: Edits,
): void {
  walk(program, (node, path) => {
    const parent: Node = path.at(-1);
    if (node.type === 'ImportExpression') {
      edits.replace(node.start, node.start + 'import'.length, PARAMETERS.module);
    } else if (node.type === 'AwaitExpression') {
      edits.open(node.start, `${PARAMETERS.resume}(${PARAMETERS.run}(), `);
      edits.close(node.end, ')');
      edits.open(node.argument.start, `${PARAMETERS.wait}(`);
      edits.close(node.argument.end, ')');
    } else if (node.type === 'CatchClause' && node.param?.type === 'Identifier') {
      edits.open(node.body.start + 1, `${PARAMETERS.mend}(${node.param.name});`);
    } else if (isVarOfRoot(node, path)) {
      edits.replace(node.start, node.declarations[0].start);
    } else if (node.type === 'AssignmentExpression' && node.operator === '=') {
      if (node.left.type === 'Identifier') nameFunction(node.left.name, node.right, edits);
    } else if (node.type === 'Identifier' && !skipped.has(node) && isReference(node, parent)) {
      const place = placeOf(node, path);
      if (place) {
        const shown = isCalled(node, parent) ? `(0, ${place})` : place;
        edits.replace(node.start, node.end, keyOf(node, path) + shown);
      }
    }
  });

  /** Finds where a name is kept; undefined for those of functions and blocks, and of the platform. */
  function placeOf(node: Node, path: Path): string | undefined {
    const { name } = node;
    // periscopic does not know that a class has its name to itself.
    if (path.some(({ type, id }) => /^Class/.test(type) && id?.name === name)) return undefined;
    if (name === 'arguments') return undefined;
    const owner = scopes.owner(name, path);
    const declared = own.get(name);
    if (owner && (owner !== scopes.root || !declared)) return undefined;
    const isKept = declared !== undefined || owner !== undefined || context.isKnown(name);
    if (!isKept && context.isGlobal(name)) return undefined;
    const isEarly = declared && node.start < declared.readableFrom && !isWithinFunction(path);
    if (isEarly && !targets.has(node)) return `${PARAMETERS.early}("${name}")`;
    const parent: Node = path.at(-1);
    const isTypeof = parent.type === 'UnaryExpression' && parent.operator === 'typeof';
    if (isTypeof)
      return `("${name}" in ${PARAMETERS.names} ? ${PARAMETERS.names}.${name} : undefined)`;
    return `${isKept ? PARAMETERS.names : PARAMETERS.checked}.${name}`;
  }
}

/** Tells whether an identifier stands for a value: not for a member, a key or a label. */
function isReference(node: Node, parent: Node): boolean {
  const { type, computed, property, key, label, imported, exported } = parent;
  if (node.type !== 'Identifier' || type === 'MetaProperty') return false;
  if (!computed && (node === property || node === key)) return false;
  return node !== label && node !== imported && node !== exported;
}

/** Tells whether it is a `var` in a block or in the head of a loop that belongs to the whole cell. */
function isVarOfRoot({ type, kind }: Node, path: Path): boolean {
  const isTop = /^(Program|ExportNamedDeclaration)$/.test(path.at(-1)?.type);
  return type === 'VariableDeclaration' && kind === 'var' && !isTop && !isWithinFunction(path);
}

/** Tells whether a name is called: a function that is called by its name gets no `this`, though the name has become a member. */
const isCalled = (node: Node, { type, callee, tag }: Node): boolean =>
  (type === 'CallExpression' && callee === node) ||
  (type === 'TaggedTemplateExpression' && tag === node);

/** In `{ x }`, also as a pattern and with a default, the key stays. */
function keyOf(node: Node, path: Path): string {
  const parent: Node = path.at(-1);
  const property: Node = parent.type === 'AssignmentPattern' ? path.at(-2) : parent;
  const isShorthand =
    property?.type === 'Property' &&
    property.shorthand &&
    (property.value.left ?? property.value) === node;
  return isShorthand ? `${node.name}: ` : '';
}
