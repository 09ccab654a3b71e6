import { inspect } from 'node:util';
import { unshared } from './parameters';

/** Formats a value like Node's REPL, even if a getter of the value throws. */
export function inspected(value: unknown): string {
  try {
    return unshared(inspect(value));
  } catch {
    return `[a value of the type ${typeof value} that cannot be shown]`;
  }
}
