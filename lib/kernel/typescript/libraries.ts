import features from './later.json';

/** Returns TypeScript's library files for this engine's features. `later.json` maps libraries to features. */
export const libraries = (): string[] =>
  ['es2023', ...Object.entries(features).flatMap(([name, path]) => (exists(path) ? name : []))].map(
    name => `lib.${name}.d.ts`,
  );

/** Returns whether a global path such as `Map.groupBy` exists, without calling prototype getters. */
function exists(path: string): boolean {
  const names = path.split('.');
  const last = names.pop() ?? '';
  const owner = names.reduce<object>((value, name) => Reflect.get(value, name), globalThis);
  return last in owner;
}
