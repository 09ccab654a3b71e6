/** The names of JavaScript that are there without an import: those that the Node at hand has. */

/** TypeScript's declarations of what came after ES2023, and whether it is there. */
const LATER: Readonly<Record<string, () => boolean>> = {
  'es2024.arraybuffer': () => 'transfer' in ArrayBuffer.prototype,
  'es2024.collection': () => 'groupBy' in Map,
  'es2024.object': () => 'groupBy' in Object,
  'es2024.promise': () => 'withResolvers' in Promise,
  'es2024.regexp': () => 'unicodeSets' in RegExp.prototype,
  'es2024.sharedmemory': () => 'waitAsync' in Atomics,
  'es2024.string': () => 'isWellFormed' in String.prototype,
  'esnext.array': () => 'fromAsync' in Array,
  'esnext.collection': () => 'union' in Set.prototype,
  'esnext.disposable': () => 'dispose' in Symbol,
  'esnext.error': () => 'isError' in Error,
  'esnext.float16': () => 'Float16Array' in globalThis,
  'esnext.iterator': () => 'Iterator' in globalThis,
  'esnext.promise': () => 'try' in Promise,
};

export const namesOfNode = (): string[] =>
  ['es2023', ...Object.keys(LATER).filter(name => LATER[name]?.())].map(name => `lib.${name}.d.ts`);
