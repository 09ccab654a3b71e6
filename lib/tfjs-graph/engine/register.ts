/**
 * Gives TensorFlow.js the native engine if no package of TensorFlow.js's own does: the addon comes with a
 * package of ours for each system, and TensorFlow's libraries from PyPI once the first tensor is made.
 */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { find, folderOf, isCached, placeAddon, SYSTEM, wheel } from '../addon/cache';
import { program as said } from '../messages/en';

const load = createRequire(__filename);
const addon = find(`tfjs-graph-${SYSTEM}`);
// Not where a bundler has put this into a file of a project's.
const engine = find('./engine.js');
const hasOther = ['', '-gpu'].some(more => find(`@tensorflow/tfjs-node${more}/package.json`));
if (wheel && addon && engine && !hasOther && !tf.findBackendFactory('tensorflow')) {
  const libraries = wheel;
  load(engine).register(() => {
    if (!isCached(libraries)) fetchLibraries();
    // TensorFlow tells of each graph that it reads.
    process.env.TF_CPP_MIN_LOG_LEVEL ??= '1';
    try {
      return load(placeAddon(addon, libraries));
    } catch (error) {
      throw inWords(said.notLoaded(folderOf(libraries), (error as Error).message));
    }
  });
}

/** Waits for a process that fetches, because TensorFlow.js wants its engine at once. */
function fetchLibraries(): void {
  try {
    execFileSync(process.execPath, [join(__dirname, 'cli.js'), 'libraries'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } catch {
    throw inWords(said.noEngine);
  }
}

/** TensorFlow.js shows the stack, in which there is nothing to learn, and takes its next engine. */
const inWords = (stack: string) => Object.assign(new Error(), { stack });
