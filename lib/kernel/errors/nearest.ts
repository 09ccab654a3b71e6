/** Finds names that are nearly alike. */

/** Finds the name that was probably meant; undefined if none is near. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const near = [...known].filter(each => each !== name && isNear(name, each));
  return near.sort((a, b) => distance(name, a) - distance(name, b))[0];
}

/**
 * Tells whether one name may be a slip for another: of a short one by one letter, or by its capitals
 * alone. Few miss the first letter, and `xTest` is no slip for `test`.
 */
export function isNear(name: string, other: string): boolean {
  const [a, b] = [name.toLowerCase(), other.toLowerCase()];
  const length = Math.min(a.length, b.length);
  return length >= 3 && a[0] === b[0] && distance(a, b) <= (length < 8 ? 1 : 2);
}

/** Counts the letters to be put in, left out, changed, or swapped with the next; does not count beyond 3. */
function distance(a: string, b: string, most = 3): number {
  if (a === b) return 0;
  if (most === 0) return 1;
  if (a[0] === b[0]) return distance(a.slice(1), b.slice(1), most);
  const after = (i: number, j: number) => 1 + distance(a.slice(i), b.slice(j), most - 1);
  const isSwapped = a[0] === b[1] && a[1] === b[0];
  return Math.min(after(1, 0), after(0, 1), after(1, 1), isSwapped ? after(2, 2) : most + 1);
}
