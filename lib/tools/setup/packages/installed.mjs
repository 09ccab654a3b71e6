/** Finds npm packages that are missing, or whose files are missing or changed since npm installed them. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { hasGlibc } from '../../project/platform.mjs';
import { changedFiles, readJson, sha256, withManifest } from './manifest.mjs';

// npm writes this file last: where it is, an install has finished. It names packages, but no files.
export const installedLock = root => join(root, 'node_modules', '.package-lock.json');

/** Holds the files of each package. Removed after each installation, so that the next check records them anew. */
export const manifestFile = root => join(root, 'node_modules', '.files.json');

/**
 * Returns whether no package is missing or damaged; see {@link damagedPackages}.
 *
 * @type {(root: string, dev?: boolean, thorough?: boolean) => Promise<boolean>}
 */
export const packagesInstalled = async (root, dev, thorough) =>
  (await damagedPackages(root, dev, thorough))?.length === 0;

/**
 * Lists the packages with missing or changed files, by their paths; `undefined` if all are to be installed, because
 * npm's record is missing or differs from `package-lock.json`. It takes a tenth of a second, or one if `thorough`.
 *
 * @param {string} root
 * @param {boolean} [dev] whether the packages for tests and development count too
 * @param {boolean} [thorough] whether to read each file
 * @returns {Promise<string[] | undefined>}
 */
export async function damagedPackages(root, dev = false, thorough = false) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(installedLock(root));
  if (!wanted || !installed || !followsLock(installed, wanted, dev)) return undefined;
  const counting = Object.entries(installed).filter(
    ([path, entry]) =>
      path.startsWith('node_modules/') && wanted[path] && !entry.link && (dev || !entry.dev),
  );
  return withManifest(manifestFile(root), async manifest => {
    const damaged = [];
    for (const [path, { integrity = '' }] of counting) {
      const folder = join(root, path);
      // npm has verified a new package against its checksum in the lock file.
      if (manifest[path]?.integrity !== integrity) {
        manifest[path] = { integrity, files: await filesOf(folder) };
      }
      const { files } = manifest[path];
      const changed = await changedFiles(folder, files, thorough);
      if (!files['package.json'] || changed.length > 0) damaged.push(path);
    }
    return damaged;
  });
}

function followsLock(installed, wanted, dev) {
  return Object.entries(wanted).every(
    ([path, { version, optional, devOptional, link, ...entry }]) => {
      if (!path.startsWith('node_modules/') || (entry.dev && !dev)) return true;
      const there = installed[path];
      // What is made for this system alone is missing in a folder that was brought from another one; our own
      // addon, which a registry may lack, is compiled then.
      const isNeeded = entry.os && suits(entry) && !/\/tfjs-graph-/.test(path);
      if (!there) return Boolean(optional || devOptional) && !isNeeded;
      return link || there.version === version;
    },
  );
}

/** Returns the entries of a package's files, without nested packages and the addon from set-up. */
async function filesOf(folder) {
  const files = {};
  if (!existsSync(folder)) return files;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath ?? entry.path, entry.name);
    const path = relative(folder, file);
    if (!entry.isFile() || /^node_modules[\\/]|[\\/]napi-v\d+[\\/]/.test(path)) continue;
    const { size, mtimeMs } = statSync(file);
    files[path] = { size, sha256: await sha256(file), verified: mtimeMs };
  }
  return files;
}

export const readPackages = file => readJson(file)?.packages;

// The lock file names packages for other systems as well, which npm leaves out.
export const suits = ({ os, cpu, libc }) =>
  (os?.includes(process.platform) ?? true) &&
  (cpu?.includes(process.arch) ?? true) &&
  (libc?.includes(hasGlibc() ? 'glibc' : 'musl') ?? true);
