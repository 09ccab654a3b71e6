/** The scripts of what lives in a page, as they were built; `page-script.browser.ts` is its twin for browsers. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What lives in a page without the kernel: the pad, the unit of four pixels, guesses. */
export type Part = 'pad' | 'unit' | 'guess';

/** Returns the script that brings one part to life; its twin may have none. */
export const pageScript = (part: Part): string | undefined => read(`${part}.js`);

/** Returns all of them, for whoever bundles this package for a browser. */
export const pageScripts = (): Record<Part, string> => ({
  ...{ pad: read('pad.js'), unit: read('unit.js'), guess: read('guess.js') },
});

/** Returns a script that starts all parts of a page in which their own scripts do not run. */
export const startAllScript = (): string => read('start-all.js');

function read(name: string): string {
  const folder = dirname(require.resolve('digits/package.json'));
  return readFileSync(join(folder, 'dist', name), 'utf8').trim();
}
