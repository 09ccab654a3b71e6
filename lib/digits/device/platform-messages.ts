/** Messages that differ with where the lesson runs: here on Node; `platform-messages.browser.ts` is its twin. */
import { dirname, relative } from 'node:path';
import type { FileNotFoundError } from 'mnist-data-loader';
import { messages } from '../language';

/** Says how to get Fashion-MNIST, in whose place something else was taken. */
export function fashionMissing({ searched }: FileNotFoundError): string {
  const folder = relative(process.cwd(), dirname(searched[0]?.path ?? ''));
  return messages().text.node.fashionMissing(folder);
}

export const platform: 'node' | 'browser' = 'node';
