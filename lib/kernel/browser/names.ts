import { newNames } from '../script/parameters';
import type { Context } from '../script/script';

/** Holds the names, and which of them are constants. */
export class CellNames implements Context {
  /** Nothing is inherited, so that no cell finds `toString`. */
  readonly values = newNames(Object.freeze(Object.create(null)));

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
