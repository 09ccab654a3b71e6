/** A node of acorn's tree. ESTree's union would want a cast at each field. */
// biome-ignore lint/suspicious/noExplicitAny: see above.
export type Node = any;

/** Lists the identifiers that a pattern fills, such as `a` and `b` of `[a, { x: b = 1 }]`. */
export function targetsIn(pattern: Node | undefined): Node[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern];
    case 'ArrayPattern':
      return pattern.elements.flatMap(targetsIn);
    case 'ObjectPattern':
      return pattern.properties.flatMap((property: Node) =>
        targetsIn(property.type === 'RestElement' ? property : property.value),
      );
    case 'AssignmentPattern':
      return targetsIn(pattern.left);
    case 'RestElement':
      return targetsIn(pattern.argument);
    default:
      return [];
  }
}
