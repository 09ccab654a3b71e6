/** The packages in a `site-packages`, by the folders of their metadata, `name-version.dist-info`. */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { itemAt } from 'digits/item-at';

/** Returns the name of a package's folder of metadata, by Python's rule. */
export function distInfo(name: string, version: string): string {
  return `${name.toLowerCase().replace(/[-_.]+/g, '_')}-${version}.dist-info`;
}

/** Returns a package's name by its folder of metadata. */
export const nameOf = (distInfo: string): string => distInfo.replace(/-.*/, '');

const metadataIn = (folder: string): string[] =>
  (existsSync(folder) ? readdirSync(folder) : []).filter(entry => entry.endsWith('.dist-info'));

/**
 * Lists the packages in a `site-packages`. What a version has after `+`, such as `+cpu`, tells the builds
 * of one release apart and is left out.
 */
export function installedPackages(folder: string): Set<string> {
  return new Set(
    metadataIn(folder).map(entry => {
      const [, name, version] = /^(.+)-([^-+]+)(?:\+[^-]*)?\.dist-info$/.exec(entry) ?? [];
      return distInfo(name ?? entry, version ?? '');
    }),
  );
}

/**
 * Finds the packages of a `site-packages` that were cut off while they were installed, or that have
 * lost files since: a file is missing, or shorter than recorded. It looks at some 40,000 files, in
 * about half a second.
 *
 * @returns their folders of metadata
 */
export function brokenPackages(folder: string): string[] {
  const infos = metadataIn(folder);
  const records = new Map(infos.map(info => [info, recordedSizes(join(folder, info))]));
  // Where packages share a file, the last one has written it: the smallest size is asked for.
  const smallest = new Map<string, number>();
  for (const [file, size] of [...records.values()].flatMap(sizes => sizes ?? [])) {
    smallest.set(file, Math.min(size, smallest.get(file) ?? size));
  }
  const holds = ([file]: [string, number]) => {
    const there = statSync(file, { throwIfNoEntry: false });
    return there !== undefined && there.size >= (smallest.get(file) ?? 0);
  };
  return infos.filter(info => !records.get(info)?.every(holds));
}

/**
 * Reads a package's files, with their sizes, from its RECORD; `undefined` if its install did not come to
 * an end. pip writes INSTALLER after all files of the wheel, and takes a package without it for an
 * installed one. Bytecode has no size there and may be missing.
 *
 * @see https://packaging.python.org/en/latest/specifications/recording-installed-packages/
 */
function recordedSizes(info: string): [file: string, size: number][] | undefined {
  const record = join(info, 'RECORD');
  if (!existsSync(join(info, 'INSTALLER')) || !existsSync(record)) return undefined;
  const base = dirname(realpathSync(info));
  const rows = readFileSync(record, 'utf8').matchAll(/^("?)(.*)\1,[^,]*,(\d+)\r?$/gm);
  return Array.from(rows, row => [join(base, itemAt(row, 2)), Number(row[3])]);
}
