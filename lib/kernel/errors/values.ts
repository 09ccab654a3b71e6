/** Looks into values, of which no getter is called, and finds names that are nearly alike. */

/** Follows a path such as `tf.layers` or `list[0].name`. */
export const valueAt = (path: string, known: object): unknown =>
  path
    .split(/\??\.|\[|\]\.?/)
    .filter(Boolean)
    .reduce<unknown>(
      (value, name) => (value == null ? value : memberOf(Object(value), name)),
      known,
    );

/** Finds what an object, or what it inherits from, holds by a name. */
function memberOf(holder: unknown, name: string): unknown {
  for (let each = holder; isObject(each); each = Object.getPrototypeOf(each)) {
    const property = Object.getOwnPropertyDescriptor(each, name);
    if (property) return property.value;
  }
  return undefined;
}

/** Lists the methods of a value, those of every object left out. */
export function methodsOf(value: unknown): string[] {
  const names: string[] = [];
  for (let each = value; isObject(each); each = Object.getPrototypeOf(each)) {
    if (each === Object.prototype) break;
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(each))) {
      if (typeof value === 'function') names.push(name);
    }
  }
  return names;
}

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

/** Finds the name that was probably meant; undefined if none is near. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const [found] = [...known]
    .filter(each => each !== name && isNear(name, each))
    .map(each => [each, distance(name, each)] as const)
    .sort(([, a], [, b]) => a - b);
  return found?.[0];
}

/**
 * Tells whether one name may be a slip for another: of a short one by one letter, or by its capitals
 * alone. Few miss the first letter, and `xTest` is no slip for `test`.
 */
export function isNear(name: string, other: string): boolean {
  if (name[0]?.toLowerCase() !== other[0]?.toLowerCase()) return false;
  const length = Math.min(name.length, other.length);
  if (length < 3) return false;
  return distance(name.toLowerCase(), other.toLowerCase()) <= (length < 8 ? 1 : 2);
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
