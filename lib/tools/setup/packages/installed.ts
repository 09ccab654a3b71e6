/** The packages in a `site-packages`, by the folders of their metadata. */
import { existsSync, readdirSync } from 'node:fs';

/** Returns the name of a package's folder of metadata, `name-version.dist-info`, by Python's rule. */
export function distInfo(name: string, version: string): string {
  return `${normalized(name)}-${version}.dist-info`;
}

/** Returns a package's name by its `name-version.dist-info`. */
export const nameOf = (distInfo: string): string => distInfo.replace(/-.*/, '');

const normalized = (name: string) => name.toLowerCase().replace(/[-_.]+/g, '_');

/**
 * Lists the packages in a `site-packages`, as `name-version.dist-info`. What a version has after `+`,
 * such as `+cpu`, tells the builds of one release apart and is left out.
 */
export function installedPackages(folder: string): Set<string> {
  const infos = existsSync(folder) ? readdirSync(folder) : [];
  return new Set(
    infos
      .filter(entry => entry.endsWith('.dist-info'))
      .map(entry => {
        const [, name, version] = /^(.+)-([^-+]+)(?:\+[^-]*)?\.dist-info$/.exec(entry) ?? [];
        return distInfo(name ?? entry, version ?? '');
      }),
  );
}
