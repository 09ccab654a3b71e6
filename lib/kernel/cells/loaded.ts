/** Has what the cells import be loaded anew where it is not what it was. */
const { refresh }: { refresh(): boolean } = require('kernel/build.cjs');

const IMPORTS = /\bimport\b|\brequire\b/;
const BUILT = /[\\/]lib[\\/](?:digits|mnist-data-loader|tfjs-graph)[\\/]dist[\\/]/;

/**
 * Builds the packages anew if a source has changed and the code imports something, so that an edit in `lib`
 * is seen by the next cell.
 *
 * @throws Error what is wrong in the source.
 */
export function refreshFor(code: string): void {
  if (!IMPORTS.test(code) || !refresh()) return;
  for (const file of Object.keys(require.cache)) {
    if (BUILT.test(file)) delete require.cache[file];
  }
}

/**
 * Forgets modules whose code was broken off by force: Node would go on to give out what they had exported
 * until then. Called while nothing is being loaded.
 */
export function forgetHalfLoaded(): void {
  for (const [file, module] of Object.entries(require.cache)) {
    if (module && !module.loaded) delete require.cache[file];
  }
}
