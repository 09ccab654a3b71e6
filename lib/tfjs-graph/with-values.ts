/** An object, and temporary values for some of its properties. */
export type Patch = readonly [target: object, values: object];

/** Runs `work` with temporary values for some of an object's properties. */
export const withValues = <O extends object, T>(target: O, values: Partial<O>, work: () => T): T =>
  withPatches([[target, values]], work);

/** Runs `work` with temporary values for properties of several objects. */
export function withPatches<T>(patches: readonly Patch[], work: () => T): T {
  const saved = patches.map(([target, values]) => {
    const entries = Object.keys(values).map(name => [name, Reflect.get(target, name)] as const);
    const inherited = entries.filter(([name]) => !Object.hasOwn(target, name));
    Object.assign(target, values);
    return { target, values: Object.fromEntries(entries), inherited };
  });
  try {
    return work();
  } finally {
    for (const { target, values, inherited } of saved.reverse()) {
      Object.assign(target, values);
      for (const [name] of inherited) Reflect.deleteProperty(target, name);
    }
  }
}
