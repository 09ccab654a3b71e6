import { maskStrings } from '../errors/code';

/**
 * Tells by its brackets whether a cell looks whole, where TypeScript has no time to say: while the kernel
 * starts, or a cell computes. A console waits for a second, and then asks no more.
 */
export function guessCompleteness(code: string) {
  const signs = maskStrings(code);
  const count = (pattern: RegExp) => signs.match(pattern)?.length ?? 0;
  const isOpen = count(/[([{]/g) > count(/[)\]}]/g) || count(/`/g) % 2 > 0;
  return isOpen ? { status: 'incomplete', indent: '' } : { status: 'complete' };
}
