/** Checks for npm packages that are missing, damaged or changed since npm installed them. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { hasGlibc } from '../machine/platform.mjs';
import { readJson } from '../machine/read.mjs';
import { changedFiles, sha256, withManifest } from './manifest.mjs';

// npm writes this file last, after a complete install. The file lists packages, but no files.
export const installedLock = root => join(root, 'node_modules', '.package-lock.json');

/** Records the files of each package. Deleted after each installation, to be recorded again by the next check. */
export const manifestFile = root => join(root, 'node_modules', '.files.json');

/**
 * Returns whether no package is missing or damaged; see {@link damagedPackages}.
 *
 * @type {(root: string, dev?: boolean, thorough?: boolean) => Promise<boolean>}
 */
export const packagesInstalled = async (root, dev, thorough) =>
  (await damagedPackages(root, dev, thorough))?.length === 0;

/**
 * Returns the paths of packages with missing or changed files, or `undefined` if all packages must be installed,
 * because npm's record is missing or differs from `package-lock.json`. Takes 0.1 s, or 1 s if `thorough`.
 *
 * @param {string} root
 * @param {boolean} [dev] whether the packages for tests and development count too
 * @param {boolean} [thorough] whether to read each file
 * @returns {Promise<string[] | undefined>}
 */
export async function damagedPackages(root, dev = false, thorough = false) {
  const required = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(installedLock(root));
  if (!required || !installed || !followsLock(installed, required, dev)) return undefined;
  const relevant = Object.entries(installed).filter(
    ([path, entry]) =>
      path.startsWith('node_modules/') && required[path] && !entry.link && (dev || !entry.dev),
  );
  return withManifest(manifestFile(root), async manifest => {
    const damaged = [];
    for (const [path, { integrity = '' }] of relevant) {
      const folder = join(root, path);
      // npm has verified new packages against the checksums in the lock file.
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
      const installedEntry = installed[path];
      // A folder copied from another system lacks packages for this system. Ignore the addon: set-up compiles missing
      // addons.
      const isNeeded = entry.os && suitsMachine(entry) && !/\/tfjs-graph-/.test(path);
      if (!installedEntry) return Boolean(optional || devOptional) && !isNeeded;
      return link || installedEntry.version === version;
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

// The lock file also lists packages for other systems, which npm skips.
export const suitsMachine = ({ os, cpu, libc }) =>
  (os?.includes(process.platform) ?? true) &&
  (cpu?.includes(process.arch) ?? true) &&
  (libc?.includes(hasGlibc() ? 'glibc' : 'musl') ?? true);
