/**
 * The tslab kernel as this project starts it: `node --require register.cjs kernel.ts
 * CONNECTION_FILE`. It adds to the stock kernel that long work stops cleanly at an interrupt, that
 * an edited module of `lib` is loaded afresh by the next import, and that it gets ready for the
 * first cells while the learner reads.
 */

// Before the compiler's thread is started.
import './optimize-later';
// Before tslab, whose place it takes in part.
import './compiler/stand-in';
import { watch } from 'node:fs';
import { resolve, sep } from 'node:path';
import { requestInterrupt } from 'digits/notebook/interrupt';
import { stop } from 'esbuild';
import { startKernel } from 'tslab/dist/main.js';
import { firstImports } from './first-imports';
import { readAhead } from './read-ahead';
import { sendAtOnce } from './send-at-once';

const lib = resolve(__dirname, '..');

// `persistent: false` lets the process end; without it a shutdown takes seconds.
watch(lib, { recursive: true, persistent: false }, () => {
  for (const file of Object.keys(require.cache)) {
    if (file.startsWith(lib + sep)) delete require.cache[file];
  }
}).unref();

sendAtOnce();
readAhead();
startKernel({ configPath: process.argv[2], enableFindLocal: false, jsKernel: false });

// tslab's own handler rejects the cell's promise and leaves the work running behind it. This one is
// registered here because one that a cell registers hangs the kernel at the next interrupt.
const breakOff = process.listeners('SIGINT').slice();
process.removeAllListeners('SIGINT');
process.on('SIGINT', signal => {
  // The signal ends esbuild's process too, which tsx and the pad work with: the next use starts one.
  stop();
  if (!requestInterrupt()) for (const listener of breakOff) listener(signal);
});

// The learner reads, or the compiler's thread does: time to load what the first cell will import.
// An import that fails now fails again in its cell, where it can be read.
setImmediate(() => {
  for (const name of firstImports) {
    try {
      require(name);
    } catch {}
  }
});
