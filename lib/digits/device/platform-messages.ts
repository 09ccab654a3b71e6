/** Messages that depend on the platform. */
import type { FileNotFoundError } from 'mnist-data-loader';
import { messages } from '../language';

/** Hosts in a browser may define `process`, but not `versions`. */
export const platform = globalThis.process?.versions?.node ? 'node' : 'browser';

/** Explains how to get Fashion-MNIST after other data was loaded instead. */
export function fashionMissing({ searched }: FileNotFoundError): string {
  const { node, browser } = messages().text;
  if (platform === 'browser') return browser.fashionMissing;
  // Browsers cannot import this module.
  const { dirname, relative } = process.getBuiltinModule('node:path');
  return node.fashionMissing(relative(process.cwd(), dirname(searched[0]?.path ?? '')));
}
