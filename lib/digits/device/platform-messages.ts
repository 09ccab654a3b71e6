/** Messages that differ with where the lesson runs. */
import type { FileNotFoundError } from 'mnist-data-loader';
import { messages } from '../language';

/** Hosts in a browser may provide a process, but no versions. */
export const platform = globalThis.process?.versions?.node ? 'node' : 'browser';

/** Says how to get Fashion-MNIST, in whose place something else was taken. */
export function fashionMissing({ searched }: FileNotFoundError): string {
  const { node, browser } = messages().text;
  const folder = searched[0]?.path.replace(/[\\/][^\\/]*$/, '') ?? '';
  return platform === 'node' ? node.fashionMissing(folder) : browser.fashionMissing;
}
