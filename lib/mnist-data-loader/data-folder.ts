import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * Returns the folder in which data files are looked for and kept, the first of these:
 * 1. `given`, the option `dataDir`;
 * 2. the environment variable `MNIST_DATA_DIR`;
 * 3. the nearest folder named `data`, in the working directory or above it up to the root of the
 *    enclosing package (the first folder with a package.json);
 * 4. `data` in the working directory, made when a download needs it.
 */
export function dataFolder(given?: string): string {
  const chosen = given ?? process.env.MNIST_DATA_DIR;
  if (chosen) return resolve(chosen);
  const here = process.cwd();
  return nearest(here) ?? join(here, 'data');
}

function nearest(start: string): string | undefined {
  let first: string | undefined;
  for (let folder = start; ; folder = dirname(folder)) {
    const data = join(folder, 'data');
    if (!first && statSync(data, { throwIfNoEntry: false })?.isDirectory()) first = data;
    if (existsSync(join(folder, 'package.json'))) return first;
    // No package encloses the working directory: folders above it are not ours to search.
    if (folder === dirname(folder)) return first === join(start, 'data') ? first : undefined;
  }
}
