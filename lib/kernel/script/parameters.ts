/** What a compiled cell is given, by names that no cell will use. */
export const PARAMETERS = {
  /** Holds the names of all cells. */
  names: '__names',
  /** The same; throws a ReferenceError for a name that is not there. */
  checked: '__checked',
  /** Throws for a name that is used before its declaration. */
  early: '__early',
  module: '__module',
  member: '__member',
  /** Passes on what is awaited, unless the cell was interrupted. */
  wait: '__wait',
  /** Tells which run of a cell goes on. */
  run: '__run',
  /** Lets that run go on behind an `await`, as `wait` does. */
  resume: '__resume',
  /** Is called by loops from time to time; ends one that was interrupted. */
  turn: '__turn',
  /** Makes an error that the cell catches as all browsers show it. */
  mend: '__mend',
} as const;

export type Given = Readonly<Partial<Record<keyof typeof PARAMETERS, unknown>>>;

/** A compiled cell; resolves to `[value]` if it ends with an expression. */
export type CellScript = (given: Given) => Promise<[unknown] | undefined>;

const QUOTED = /\(0 ?, ?__(?:names|checked)\.([^()]+)\)|\b__(?:names|checked)\./g;

export function early(name: string): never {
  throw new ReferenceError(`Cannot access '${name}' before initialization`);
}

/** Writes names as the cell has them, where an engine quotes the script: `(0 , __names.add) is not a function`. */
export const unshared = (text: string): string => text.replace(QUOTED, '$1');

/** Holds the names of all cells. */
export const names = newNames();

/** Not by `Object.create`, whose properties V8 keeps in a table: a loop over a name takes three times as long. */
function newNames(): Record<string, unknown> {
  function Empty(): void {}
  Empty.prototype = new Proxy(Object.freeze(Object.create(null)), {
    // A name that is declared, but whose cell failed before it had a value.
    get: (_, name) => notDefined(String(name)),
  });
  return Reflect.construct(Empty, []);
}

export function notDefined(name: string): never {
  throw new ReferenceError(`${name} is not defined`);
}
