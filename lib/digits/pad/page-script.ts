/** The scripts of the pad's page, as they were built; `page-script.browser.ts` is its twin for browsers. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Returns the script that brings one pad to life; its twin may have none. */
export const pageScript = (): string | undefined => read('pad.js');

/** Returns a script that starts all pads of a page in which their own scripts do not run. */
export const pagePads = (): string => read('pads.js');

function read(name: string): string {
  const folder = dirname(require.resolve('digits/package.json'));
  return readFileSync(join(folder, 'dist', name), 'utf8').trim();
}
