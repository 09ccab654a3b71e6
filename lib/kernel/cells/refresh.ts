/** Has an edit in `lib` be seen by the next cell that imports something. */
const { refresh }: { refresh(): boolean } = require('kernel/build.cjs');

const IMPORTS = /\bimport\b|\brequire\b/;
const BUILT = /[\\/]lib[\\/](?:digits|mnist-data-loader|tfjs-graph)[\\/]dist[\\/]/;

/**
 * Builds the packages anew if a source has changed and the code imports something.
 *
 * @throws Error what is wrong in the source.
 */
export function refreshFor(code: string): void {
  if (!IMPORTS.test(code) || !refresh()) return;
  for (const file of Object.keys(require.cache)) {
    if (BUILT.test(file)) delete require.cache[file];
  }
}
