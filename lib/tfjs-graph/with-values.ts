/** Runs `work` with temporary values for some of an object's properties. */
export function withValues<O extends object, T>(target: O, values: Partial<O>, work: () => T): T {
  const names = Object.keys(values) as (keyof O)[];
  const saved = Object.fromEntries(names.map(name => [name, target[name]]));
  Object.assign(target, values);
  try {
    return work();
  } finally {
    Object.assign(target, saved);
  }
}
