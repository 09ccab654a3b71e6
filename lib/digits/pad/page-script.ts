/** The scripts of the pad's page, bundled on Node; `page-script.browser.ts` is its twin for browsers. */
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { itemAt } from '../item-at';

/** Bundles the script that brings one pad to life; its twin may have none. */
export const pageScript = (): string | undefined => bundle('start');

/** Bundles a script that starts all pads of a page in which their own scripts do not run. */
export const pagePads = (): string => bundle('start-all');

/** Bundles a file of the page, with what it imports, as one script for browsers of 2022 and later. */
function bundle(name: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(__dirname, 'page', `${name}.ts`)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    globalName: 'digitPad',
    target: 'es2021',
    charset: 'ascii',
    tsconfigRaw: {},
  });
  return itemAt(outputFiles, 0).text.trim();
}
