/**
 * Starts tslab's kernel: `node --require register.cjs kernel.ts CONNECTION_FILE`. Beyond what tslab
 * does, long work stops cleanly at an interrupt, an edited module of `lib` is loaded afresh by the
 * next import, and the kernel gets ready for the first cells while the learner reads.
 *
 * What each patch of tslab saves is written beside it. It was measured without the patch and with
 * it in turn, seven times or more, on two cores and Node 20; the least of each is given. With all of
 * them the first cell ends 1.8 s after the start, and the lesson, by "Run All", after 4.6 s, which
 * take 7.0 s of processor time.
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

const [, , connectionFile] = process.argv;
if (!connectionFile) throw new Error('Expected the path of the connection file that Jupyter gives');

const lib = resolve(__dirname, '..');

// `persistent: false` lets the process end; without it a shutdown takes seconds.
watch(lib, { recursive: true, persistent: false }, () => {
  for (const file of Object.keys(require.cache)) {
    if (file.startsWith(lib + sep)) delete require.cache[file];
  }
}).unref();

sendAtOnce();
readAhead();
startKernel({ configPath: connectionFile, enableFindLocal: false, jsKernel: false });

// tslab's own handler rejects the cell's promise and leaves the work running behind it. This one is
// registered here because one that a cell registers hangs the kernel at the next interrupt.
const breakOff = process.listeners('SIGINT').slice();
process.removeAllListeners('SIGINT');
process.on('SIGINT', signal => {
  // The signal ends esbuild's process too, which tsx and the pad work with: the next use starts one.
  stop();
  if (!requestInterrupt()) for (const listener of breakOff) listener(signal);
});

// Loads what the first cell will import, while the learner reads, or the compiler's thread does. An
// import that fails now fails again in its cell, where it can be read. Without it the first cell
// ends 2.1 s after the start; where the learner reads first, it takes 0.35 s in place of 0.08 s.
setImmediate(() => {
  for (const name of firstImports) {
    try {
      require(name);
    } catch {}
  }
});
