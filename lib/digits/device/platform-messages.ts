/** Messages that differ with where the lesson runs. */
import type { FileNotFoundError } from 'mnist-data-loader';
import { messages } from '../language';

/** Hosts in a browser may provide a process, but no versions. */
export const platform = globalThis.process?.versions?.node ? 'node' : 'browser';

/** Says how to get Fashion-MNIST, in whose place something else was taken. */
export function fashionMissing({ searched }: FileNotFoundError): string {
  const { node, browser } = messages().text;
  if (platform === 'browser') return browser.fashionMissing;
  // Browsers have no such module to import.
  const { dirname, relative } = process.getBuiltinModule('node:path');
  return node.fashionMissing(relative(process.cwd(), dirname(searched[0]?.path ?? '')));
}
