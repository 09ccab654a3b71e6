/** Disk cache of compiled cells for all kernels. Without the cache, "Run All" takes a third more processor time. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

const { replace, timeOf }: typeof import('../../build.cjs') = require('kernel/build.cjs');

/** Maximum number of cache files. A cell has two files; a lesson with exercises has a hundred cells. */
const CAPACITY = 2000;

const root = dirname(require.resolve('kernel/package.json'));
const folder = join(root, 'dist', 'cells');

// Environment of a compilation. A new build invalidates the cache only for a new thread, because a running
// thread has already loaded the old declarations.
const times = [join(root, 'dist', 'built'), join(root, '../../node_modules/.package-lock.json')];
const environment = [process.version, process.cwd(), ...times.map(timeOf)];

/** Fallback for results that could not be written: cells compiled ahead are requested again. */
const memoryFallback = new Map<string, unknown>();

/** Returns the cached result for `key`, or computes and stores the result. */
export function cached<T>(key: string, compute: () => T, shouldStore = (_: T): boolean => true): T {
  const cacheKey = JSON.stringify([environment, key]);
  const file = join(folder, createHash('sha256').update(cacheKey).digest('hex'));
  try {
    return (memoryFallback.get(file) as T) ?? deserialize(readFileSync(file));
  } catch {}
  const result = compute();
  try {
    if (shouldStore(result)) replace(file, serialize(result));
  } catch {
    memoryFallback.set(file, result);
  }
  return result;
}

/** Returns the number of cache files. Deletes all files above the capacity; kernels recreate the files in use. */
export function prune(): number {
  const count = existsSync(folder) ? readdirSync(folder).length : 0;
  if (count > CAPACITY) rmSync(folder, { recursive: true, force: true });
  return count;
}
