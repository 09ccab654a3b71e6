/** Finds files of an installation that are missing, truncated or changed. */
import { createHash } from 'node:crypto';
import {
  createReadStream,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { readJson, readText } from '../machine/read.mjs';

/**
 * An installed file. `verified` is the modification time at the last successful check of the checksum.
 *
 * @typedef {{ size: number, sha256: string, verified?: number | undefined }} Entry
 */

/**
 * Returns the paths of changed files. Reads only files modified since the last check, or all files if `thorough`.
 * Updates `verified`, so the next quick check also detects the changes found by a thorough check.
 *
 * @param {string} folder
 * @param {Record<string, Entry>} entries by the paths in `folder`
 * @param {boolean} [thorough]
 */
export async function changedFiles(folder, entries, thorough = false) {
  const changed = [];
  for (const [path, entry] of Object.entries(entries)) {
    const file = join(folder, path);
    const stats = statSync(file, { throwIfNoEntry: false });
    const isKnown = !thorough && stats?.mtimeMs === entry.verified;
    const isSame = stats?.size === entry.size && (isKnown || (await sha256(file)) === entry.sha256);
    entry.verified = isSame ? stats.mtimeMs : undefined;
    if (!isSame) changed.push(path);
  }
  return changed;
}

/** Returns the SHA-256 of a file, or `undefined` if unreadable. */
export async function sha256(/** @type {string} */ file) {
  const hash = createHash('sha256');
  try {
    // Streams are five times slower for small files, but save memory for TensorFlow's library.
    if (statSync(file).size < 1e6) hash.update(readFileSync(file));
    else for await (const chunk of createReadStream(file)) hash.update(chunk);
    return hash.digest('hex');
  } catch {
    return undefined;
  }
}

/**
 * Passes the stored entries to `use` and saves changes. If saving fails, such as in another account's installation,
 * the next check reads more files.
 *
 * @template T
 * @param {string} file
 * @param {(manifest: Record<string, any>) => Promise<T>} use
 */
export async function withManifest(file, use) {
  const before = readText(file);
  const manifest = readJson(file) ?? {};
  const result = await use(manifest);
  const text = JSON.stringify(manifest);
  if (text === before) return result;
  try {
    writeFileSync(`${file}.${process.pid}`, text);
    renameSync(`${file}.${process.pid}`, file);
  } catch {
    rmSync(`${file}.${process.pid}`, { force: true });
  }
  return result;
}
