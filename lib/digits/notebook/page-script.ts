/** Compiled scripts of a page's interactive parts; browser version: `page-script.browser.ts`. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Scripts of interactive parts that need no kernel, and a page template for a network. */
const FILES = {
  pad: 'dist/pad.js',
  unit: 'dist/unit.js',
  guess: 'dist/guess.js',
  'web-page': 'leaving/web-page.html',
} as const;

export type Part = keyof typeof FILES;

/** Returns the script of an interactive part; undefined only in the browser version. */
export const pageScript = (part: Part): string | undefined => readText(FILES[part]);

/** Returns all scripts, for bundlers of a browser version. */
export const pageScripts = (): Record<string, string> =>
  Object.fromEntries(Object.entries(FILES).map(([part, file]) => [part, readText(file)]));

/** Returns a script that starts all parts of a page that blocks the notebook's scripts. */
export const startAllScript = (): string => readText('dist/start-all.js');

function readText(file: string): string {
  return readFileSync(join(dirname(require.resolve('digits/package.json')), file), 'utf8').trim();
}
