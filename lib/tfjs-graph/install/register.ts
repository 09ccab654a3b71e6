/**
 * Registers the native backend, unless one of TensorFlow.js's own packages is installed. The addon is in a separate
 * package for each system. TensorFlow's libraries are downloaded from PyPI before the first tensor is created.
 */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { program as texts } from '../messages/en';
import { find, folderOf, isCached, placeAddon, SYSTEM, wheel } from './cache';

const load = createRequire(__filename);
const addon = find(`tfjs-graph-${SYSTEM}`);
// Missing if a bundler has moved this module into another file.
const engine = find('./engine.js');
const hasStockEngine = ['', '-gpu'].some(suffix =>
  find(`@tensorflow/tfjs-node${suffix}/package.json`),
);
if (wheel && addon && engine && !hasStockEngine && !tf.findBackendFactory('tensorflow')) {
  const libraries = wheel;
  load(engine).register(() => {
    if (!isCached(libraries)) fetchLibraries();
    // By default, TensorFlow logs each loaded graph.
    process.env.TF_CPP_MIN_LOG_LEVEL ??= '1';
    try {
      return load(placeAddon(addon, libraries));
    } catch (error) {
      throw stackOnly(texts.notLoaded(folderOf(libraries), (error as Error).message));
    }
  });
}

/** Downloads the libraries in a subprocess, because TensorFlow.js creates backends synchronously. */
function fetchLibraries(): void {
  try {
    execFileSync(process.execPath, [join(__dirname, 'cli.js'), 'libraries'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } catch {
    throw stackOnly(texts.noEngine);
  }
}

/** Creates an error without a call stack: TensorFlow.js prints the stack and tries the next backend. */
const stackOnly = (stack: string) => Object.assign(new Error(), { stack });
