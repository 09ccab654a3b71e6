/**
 * Converts a cell that imports what is not there, has a file appear where it was looked for, and prints
 * what the next cell becomes.
 */
import { join } from 'node:path';
import ts from 'typescript-api';
import { fastWatchHost } from '../../../lib/kernel/compiler/fast-watch-host';
import { withOwnTypeScript } from '../../../lib/kernel/compiler/override-modules';

/** What is to be told of a change in a folder. */
const watched = new Map<string, (file: string) => void>();
ts.sys.watchDirectory = (folder: string, callback: (file: string) => void) => {
  watched.set(folder, callback);
  return { close: () => watched.delete(folder) };
};

withOwnTypeScript(ts => ({ createWatchCompilerHost: fastWatchHost(ts) }));
const { createConverter } = require('tslab/dist/converter');
const converter = createConverter();
converter.convert('', "import { a } from './not-there';");
for (const [folder, tell] of watched) {
  for (const name of ['not-there.ts', 'not-there/package.json']) tell(join(folder, name));
}
console.log(watched.size > 0);
console.log(converter.convert('', '1 + 1').output);
console.log(converter.convert('', '1 + 2').output);
process.exit(); // its watchers would go on
