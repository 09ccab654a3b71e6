/** Reads the JavaScript of a cell. */
import { Parser } from 'acorn';

/** A node of acorn's tree. ESTree's union would want a cast at each field. */
// biome-ignore lint/suspicious/noExplicitAny: see above.
export type Node = any;

/** Makes one error of those of sucrase and acorn, whose messages end in their place: `Unexpected token (1:7)`. */
export function syntaxError(error: unknown, text: string) {
  const { message, pos = 0 } = error as { message: string; pos?: number };
  const before = text.slice(0, pos).split('\n');
  const place = { line: before.length, column: before.at(-1)?.length ?? 0 };
  return Object.assign(new SyntaxError(message.replace(/(?<!\s)\s*\(\d+:\d+\)$/, '')), { place });
}

/** An error that tells its place in the cell. */
export type CellSyntaxError = ReturnType<typeof syntaxError>;

/** Cells export what others declare. */
const Cell = Parser.extend(
  Base =>
    class extends Base {
      checkLocalExport(): void {}
    },
);

/** @throws CellSyntaxError */
export function read(code: string): Node {
  try {
    const program: Node = Cell.parse(code, {
      ecmaVersion: 'latest',
      sourceType: 'module',
      allowAwaitOutsideFunction: true,
    });
    // periscopic knows blocks, but not those of a class.
    walk(program, node => {
      if (node.type === 'StaticBlock') node.type = 'BlockStatement';
    });
    return program;
  } catch (error) {
    throw syntaxError(error, code);
  }
}

/** Visits each node, with those that enclose it, the outermost first. */
export function walk(
  node: Node,
  visit: (node: Node, path: readonly Node[]) => void,
  path: readonly Node[] = [],
): void {
  visit(node, path);
  const inner = [...path, node];
  for (const child of Object.values<Node>(node).flat()) {
    if (typeof child?.type === 'string') walk(child, visit, inner);
  }
}

/** Lists the identifiers that a pattern fills, such as `a` and `b` of `[a, { x: b = 1 }]`. */
export function targetsIn(pattern: Node | undefined): Node[] {
  const { type, elements, properties, left, argument, value } = pattern ?? {};
  if (type === 'Identifier') return [pattern];
  if (!/^(\w+Pattern|RestElement|Property)$/.test(type)) return [];
  return [elements, properties, left, argument, value].flat().flatMap(targetsIn);
}
