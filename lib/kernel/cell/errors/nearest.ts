/** Finds similar names. */

/** Returns the most similar name, or `undefined` if no name is similar. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const similar = [...candidates].filter(other => other !== name && isNear(name, other));
  return similar.sort((a, b) => distance(name, a) - distance(name, b))[0];
}

/**
 * Returns whether a name may be a typing error for another name: one letter for short names, two for long
 * names, or only the case. The first letter must agree, because `xTest` is no typing error for `test`.
 */
export function isNear(name: string, other: string): boolean {
  const [a, b] = [name.toLowerCase(), other.toLowerCase()];
  const length = Math.min(a.length, b.length);
  return length >= 3 && a[0] === b[0] && distance(a, b) <= (length < 8 ? 1 : 2);
}

/** Returns the Damerau–Levenshtein distance, or `limit` + 1 if the distance is greater. */
function distance(a: string, b: string, limit = 3): number {
  if (a === b) return 0;
  if (limit === 0) return 1;
  if (a[0] === b[0]) return distance(a.slice(1), b.slice(1), limit);
  const after = (i: number, j: number) => 1 + distance(a.slice(i), b.slice(j), limit - 1);
  const isSwapped = a[0] === b[1] && a[1] === b[0];
  return Math.min(after(1, 0), after(0, 1), after(1, 1), isSwapped ? after(2, 2) : limit + 1);
}
