/** Finds the name that was probably meant; undefined where none is near. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  let found: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const each of known) {
    const steps = each === name ? Number.POSITIVE_INFINITY : distance(name, each);
    if (steps < least && isNear(name, each)) [found, least] = [each, steps];
  }
  return found;
}

/**
 * Whether one name may be a slip for another: of a short one by one letter, or by its capitals alone.
 * Few miss the first letter, and `xTest` is no slip for `test`.
 */
export function isNear(name: string, other: string): boolean {
  if (name[0]?.toLowerCase() !== other[0]?.toLowerCase()) return false;
  const length = Math.min(name.length, other.length);
  if (length < 3) return false;
  const steps = distance(name.toLowerCase(), other.toLowerCase());
  return steps <= (length < 8 ? 1 : 2);
}

/** How many letters are to be put in, left out, changed, or swapped with the next. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        (row[j - 1] ?? 0) + 1,
        (last[j] ?? 0) + 1,
        (last[j - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
