/** The names that the cells have made. */
import { memberOf } from '../errors/values';
import type { Context } from '../script/script';

/** Names by what they stand for; nothing is inherited, so that no cell finds `toString`. */
export type Names = Record<string, unknown>;

// Not `Object.create(null)`, whose properties V8 keeps in a table: a loop over a name takes three times as long.
function Empty(this: Names): void {}
Empty.prototype = Object.freeze(Object.create(null));

/** Holds the names, and which of them are constants. */
export class CellNames implements Context {
  readonly values: Names = new (Empty as unknown as new () => Names)();

  /** The same names; a name that no cell has made is one of the platform's, or an error. */
  readonly checked = new Proxy(this.values, {
    get: (values, name) => {
      if (typeof name === 'string' && Object.hasOwn(values, name)) return values[name];
      if (name in globalThis) return Reflect.get(globalThis, name);
      throw new ReferenceError(`${String(name)} is not defined`);
    },
    set: (values, name, value) => {
      if (!Object.hasOwn(values, name)) throw new ReferenceError(`${String(name)} is not defined`);
      return Reflect.set(values, name, value);
    },
  });

  private readonly constants = new Set<string>();

  isKnown(name: string): boolean {
    return Object.hasOwn(this.values, name);
  }

  isConstant(name: string): boolean {
    return this.constants.has(name);
  }

  isGlobal(name: string): boolean {
    return name in globalThis;
  }

  /** Takes over what a cell declares, which may be what an earlier one declared. */
  declare(declared: ReadonlyMap<string, boolean>): void {
    for (const [name, isConstant] of declared) {
      if (isConstant) this.constants.add(name);
      else this.constants.delete(name);
    }
  }
}

/** Follows a path such as `tf.layers`; getters are not called. */
export function valueAt(path: string, names: Names): unknown {
  const [first = '', ...rest] = path.split(/\??\.|\[|\]\.?/).filter(Boolean);
  let value = Object.hasOwn(names, first) ? names[first] : Reflect.get(globalThis, first);
  for (const name of rest) {
    if (value === null || value === undefined) return undefined;
    value = memberOf(Object(value), name);
  }
  return value;
}
