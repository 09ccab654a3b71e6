/** Names by what they stand for. */
export type Names = Record<string, unknown>;

/**
 * Makes the object that holds the names of all cells. Not by `Object.create`, whose properties V8 keeps in
 * a table: a loop over a name takes three times as long.
 *
 * @param prototype what is found of a name that no cell has given a value.
 */
export function newNames(prototype: object): Names {
  function Empty(this: Names): void {}
  Empty.prototype = prototype;
  return new (Empty as unknown as new () => Names)();
}
