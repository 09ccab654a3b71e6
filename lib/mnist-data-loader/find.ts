/** Searches the files on Node; `find.browser.ts` replaces this file in browsers. */
import { randomUUID } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Dataset, SetFile } from './datasets';
import type { DataFile } from './decode';
import { DataError, FileNotFoundError, isTransient, systemReason } from './errors';
import { candidates, readDataFile, saveFile, type Warn } from './files';
import { say, type Text, words } from './language';
import type { LoadOptions } from './options';

/** Locations of a data set's files. */
export interface Lookup {
  readonly folder: string;
  readonly mirrors: readonly string[];
  /** Returns `undefined` for a file to download. */
  read(file: SetFile, index: number): Promise<DataFile | undefined>;
  save?(file: SetFile, decoded: DataFile): Promise<void>;
}

/** Returns the locations of a data set, depending on the options. */
export function createLookup(dataset: Dataset, options: LoadOptions): Lookup {
  const { dir, warn = console.warn, mirrors = dataset.mirrors } = options;
  if (dir !== undefined) {
    // `dir` is the caller's folder: never change it, and throw for a damaged file.
    const read = async (file: SetFile) => {
      const paths = candidates(resolve(dir), file);
      for (const path of paths) {
        const decoded = await readDataFile(path, file);
        if (decoded) return decoded;
      }
      throw new FileNotFoundError(
        file.name,
        paths.map(path => ({ path, found: 'nothing' })),
      );
    };
    return { folder: dir, mirrors, read };
  }
  const folder = join(dataFolder(options.dataDir), dataset.folder);
  return {
    folder,
    mirrors,
    async read(file) {
      for (const path of candidates(folder, file)) {
        const decoded = await readUnlessDamaged(path, file, warn, () => setAside(path));
        if (decoded) return decoded;
      }
      const { npmPackage = '' } = dataset;
      const path = pathInPackage(npmPackage, file);
      const advice = () => words.warning.reinstall(npmPackage);
      const decoded = path ? await readUnlessDamaged(path, file, warn, advice) : undefined;
      if (!decoded && options.download === false) throw notFoundError(dataset, file, folder);
      return decoded;
    },
    save: (file, { raw }) => saveFile(folder, file, raw, warn),
  };
}

/**
 * Returns the data folder, the first of:
 * 1. `dataDir`, the option;
 * 2. the environment variable `MNIST_DATA_DIR`;
 * 3. the nearest folder named `data` between the working directory and the root of the enclosing package (the
 * first folder with a package.json);
 * 4. `data` in the working directory, created by the first download.
 */
export function dataFolder(dataDir?: string): string {
  const explicit = dataDir ?? process.env.MNIST_DATA_DIR;
  if (explicit) return resolve(explicit);
  const cwd = process.cwd();
  return findDataFolder(cwd) ?? join(cwd, 'data');
}

function findDataFolder(start: string): string | undefined {
  let match: string | undefined;
  for (let folder = start; ; folder = dirname(folder)) {
    const data = join(folder, 'data');
    if (!match && statSync(data, { throwIfNoEntry: false })?.isDirectory()) match = data;
    if (existsSync(join(folder, 'package.json'))) return match;
    // Without an enclosing package, use only the working directory.
    if (folder === dirname(folder)) return match === join(start, 'data') ? match : undefined;
  }
}

/** Reads a file. A damaged file causes a warning with the outcome of `react`, and counts as missing. */
async function readUnlessDamaged(
  path: string,
  file: SetFile,
  warn: Warn,
  react: () => Text | undefined | Promise<Text | undefined>,
): Promise<DataFile | undefined> {
  try {
    return await readDataFile(path, file);
  } catch (error) {
    // Errors with other causes.
    if (!(error instanceof DataError) || isTransient(error.cause)) throw error;
    const outcome = await react();
    if (outcome) warn(say(words.sentences(error.problem, outcome)));
    return undefined;
  }
}

/**
 * Renames a damaged file, and returns a description of the outcome. Deletes nothing.
 *
 * @returns `undefined` if another process has renamed the file, with its own warning
 */
async function setAside(path: string): Promise<Text | undefined> {
  const newPath = `${path}.corrupt-${randomUUID().slice(0, 8)}`;
  try {
    await rename(path, newPath);
    return words.warning.renamed(newPath);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? undefined : words.warning.notRenamed(systemReason(error));
  }
}

/** Returns the path of a file in an npm package, or `undefined` if the package is not installed. */
function pathInPackage(name: string, file: SetFile): string | undefined {
  if (!name) return undefined;
  try {
    const options = { paths: [__dirname, process.cwd()] };
    return join(dirname(require.resolve(`${name}/package.json`, options)), 'data', file.name);
  } catch {
    return undefined;
  }
}

function notFoundError({ npmPackage }: Dataset, file: SetFile, folder: string): FileNotFoundError {
  const searched = candidates(folder, file);
  if (npmPackage) searched.push(`npm: ${npmPackage}`);
  return new FileNotFoundError(
    file.name,
    searched.map(path => ({ path, found: existsSync(path) ? 'unusable' : 'nothing' })),
    { cure: words.cure.noDownload(folder, npmPackage) },
  );
}
