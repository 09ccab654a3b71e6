/** What names hold; no getter is called. */

/** Follows a path such as `tf.layers`. */
export const valueAt = (path: string, known: object): unknown =>
  path.split('.').reduce<unknown>(memberOf, known);

/** Finds what an object, or what it inherits from, holds by a name. */
export function memberOf(holder: unknown, name: string): unknown {
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
