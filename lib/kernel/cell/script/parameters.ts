/** Parameters of a compiled cell, under names that no cell uses. */
export const PARAMETERS = {
  /** The shared variables of all cells. */
  names: '__names',
  /** The shared variables, with a ReferenceError for a missing name. */
  checked: '__checked',
  /** Throws for a name used before the declaration. */
  early: '__early',
  module: '__module',
  member: '__member',
  /** Returns an awaited value, or throws after an interrupt. */
  wait: '__wait',
  run: '__run',
  /** Restores the execution after an `await`, and calls `wait`. */
  resume: '__resume',
  /** Polls for an interrupt in a loop, and ends an interrupted loop. */
  turn: '__turn',
  /** Normalizes a caught error, so that all browsers show the same text. */
  mend: '__mend',
} as const;

export type CellArguments = Readonly<Partial<Record<keyof typeof PARAMETERS, unknown>>>;

/** A compiled cell. Resolves to `[value]` if the cell ends with an expression. */
export type CellScript = (cellArguments: CellArguments) => Promise<[unknown] | undefined>;

const QUOTED = /\(0 ?, ?__(?:names|checked)\.([^()]+)\)|\b__(?:names|checked)\./g;

export function early(name: string): never {
  throw new ReferenceError(`Cannot access '${name}' before initialization`);
}

/** Restores original names in an engine's quote of the script, such as `(0 , __names.add) is not a function`. */
export const unshared = (text: string): string => text.replace(QUOTED, '$1');

export const names = createNames();

/** Creates the shared object. `Object.create` would triple the time of loops, because V8 would use a hash table. */
function createNames(): Record<string, unknown> {
  function Empty(): void {}
  Empty.prototype = new Proxy(Object.freeze(Object.create(null)), {
    // A declared name without a value: the cell failed before the assignment.
    get: (_, name) => notDefined(String(name)),
  });
  return Reflect.construct(Empty, []);
}

export function notDefined(name: string): never {
  throw new ReferenceError(`${name} is not defined`);
}
