/** The compiler's thread of this kernel, and the precompiler of its cells. Imported before tslab. */
import { Compiler } from './compiler';
import { withoutTypeScript } from './override-modules';
import { Precompiler } from './precompiler';
import { ReadCache } from './read-cache';

/** What the first cell of the project's notebooks imports. */
export const firstImports = ['@tensorflow/tfjs', 'digits', 'mnist-data-loader'];

export const compiler = new Compiler(firstImports);
const cache = new ReadCache();
export const precompiler = new Precompiler(compiler, cache);

/** Milliseconds until the thread is started that cells from the cache did not need. */
const LATER = 5000;

// A learner who changes a cell or asks what a name is waits for it.
if (cache.isEmpty) compiler.start();
else setTimeout(() => compiler.start(), LATER).unref();

withoutTypeScript();
