/** Something that points at something. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
}

/** Finds arrows that lead in a circle, one list for each arrow that closes one. */
export function circles<A extends Arrow>(arrows: readonly A[]): A[][] {
  const leaving = new Map<string, A[]>();
  for (const arrow of arrows) {
    leaving.set(arrow.from, [...(leaving.get(arrow.from) ?? []), arrow]);
  }
  const found: A[][] = [];
  const done = new Set<string>();
  const follow = (node: string, way: readonly A[]) => {
    if (done.has(node)) return;
    const begin = way.findIndex(({ from }) => from === node);
    if (begin >= 0) {
      found.push(way.slice(begin));
      return;
    }
    for (const arrow of leaving.get(node) ?? []) follow(arrow.to, [...way, arrow]);
    done.add(node);
  };
  for (const node of leaving.keys()) follow(node, []);
  return found;
}
