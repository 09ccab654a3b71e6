/** Parses the JavaScript of a cell. */
import { Parser } from 'acorn';

/** A node of acorn's tree. ESTree's union would require a cast for each field. */
// biome-ignore lint/suspicious/noExplicitAny: see above.
export type Node = any;

/** Normalizes errors of sucrase and acorn. The messages end with a location: `Unexpected token (1:7)`. */
export function toSyntaxError(error: unknown, text: string) {
  const { message, pos = 0 } = error as { message: string; pos?: number };
  const lines = text.slice(0, pos).split('\n');
  const place = { line: lines.length, column: lines.at(-1)?.length ?? 0 };
  return Object.assign(new SyntaxError(message.replace(/(?<!\s)\s*\(\d+:\d+\)$/, '')), { place });
}

export type CellSyntaxError = ReturnType<typeof toSyntaxError>;

/** A parser that accepts exports of names from other cells. */
const Cell = Parser.extend(
  Base =>
    class extends Base {
      checkLocalExport(): void {}
    },
);

/** @throws CellSyntaxError */
export function parseCell(code: string): Node {
  try {
    const program: Node = Cell.parse(code, {
      ecmaVersion: 'latest',
      sourceType: 'module',
      allowAwaitOutsideFunction: true,
    });
    // periscopic supports blocks, but not static blocks of classes.
    walk(program, node => {
      if (node.type === 'StaticBlock') node.type = 'BlockStatement';
    });
    return program;
  } catch (error) {
    throw toSyntaxError(error, code);
  }
}

/** Visits each node with all ancestors, outermost first. */
export function walk(
  node: Node,
  visit: (node: Node, path: readonly Node[]) => void,
  path: readonly Node[] = [],
): void {
  visit(node, path);
  const childPath = [...path, node];
  for (const child of Object.values<Node>(node).flat()) {
    if (typeof child?.type === 'string') walk(child, visit, childPath);
  }
}

/** Returns the identifiers assigned by a pattern, such as `a` and `b` of `[a, { x: b = 1 }]`. */
export function targetsIn(pattern: Node | undefined): Node[] {
  const { type, elements, properties, left, argument, value } = pattern ?? {};
  if (type === 'Identifier') return [pattern];
  if (!/^(\w+Pattern|RestElement|Property)$/.test(type)) return [];
  return [elements, properties, left, argument, value].flat().flatMap(targetsIn);
}
