/** By which Node, tslab and the kernel in a browser find how an object prints itself. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** Gives a copy of an object a print form, without showing that among its fields. */
export const printedAs = <T extends object>(fields: T, print: () => string): T =>
  Object.defineProperty({ ...fields }, INSPECT, { value: print });

/** Gives texts by their names a print form of a line each. */
export const printedAsLines = <T extends Readonly<Record<string, string>>>(entries: T): T =>
  printedAs(entries, () =>
    Object.entries(entries)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n'),
  );
