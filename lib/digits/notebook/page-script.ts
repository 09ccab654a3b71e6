/** What pages hold, as it was built; `page-script.browser.ts` is its twin for browsers. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The scripts of what lives in a page without the kernel, and a page that carries a network. */
const FILES = {
  pad: 'dist/pad.js',
  unit: 'dist/unit.js',
  guess: 'dist/guess.js',
  'web-page': 'leaving/web-page.html',
} as const;

export type Part = keyof typeof FILES;

/** Returns the script that brings one part to life; its twin may have none. */
export const pageScript = (part: Part): string | undefined => read(FILES[part]);

/** Returns all of them, for whoever bundles this package for a browser. */
export const pageScripts = (): Record<string, string> =>
  Object.fromEntries(Object.entries(FILES).map(([part, file]) => [part, read(file)]));

/** Returns a script that starts all parts of a page in which their own scripts do not run. */
export const startAllScript = (): string => read('dist/start-all.js');

function read(file: string): string {
  return readFileSync(join(dirname(require.resolve('digits/package.json')), file), 'utf8').trim();
}
