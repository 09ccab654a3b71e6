/** Runs `work`, in which an object has other values for some of its properties. */
export function withValues<O extends object, T>(target: O, values: Partial<O>, work: () => T): T {
  const names = Object.keys(values) as (keyof O)[];
  const before = Object.fromEntries(names.map(name => [name, target[name]]));
  Object.assign(target, values);
  try {
    return work();
  } finally {
    Object.assign(target, before);
  }
}
