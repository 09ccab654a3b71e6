import { inspect } from 'node:util';
import { inCells } from './scripts';

/** Returns a value in words, as Node's own prompt shows it, also one that throws where it is looked at. */
export function inspected(value: unknown): string {
  try {
    return inCells(inspect(value));
  } catch {
    return `[a value of the type ${typeof value} that cannot be shown]`;
  }
}
