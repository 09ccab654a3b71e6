import later from './later.json';

/** Names TypeScript's declarations of the JavaScript that is at hand; `later.json` says what shows it. */
export const libraries = (): string[] =>
  ['es2023', ...Object.entries(later).flatMap(([name, path]) => (exists(path) ? name : []))].map(
    name => `lib.${name}.d.ts`,
  );

/** Tells whether there is what a path such as `Map.groupBy` names; calls no getter of a prototype. */
function exists(path: string): boolean {
  const names = path.split('.');
  const last = names.pop() ?? '';
  const holder = names.reduce<object>((found, name) => Reflect.get(found, name), globalThis);
  return last in holder;
}
