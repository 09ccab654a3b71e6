/** The disk: whether set-up has room, and where it can write. */
import { accessSync, constants, mkdirSync, statfsSync } from 'node:fs';
import { earlyMessages } from './language.mjs';

/** The gigabytes that a set-up takes while it works, with npm's cache, without tests and an NVIDIA GPU. */
const NEEDED = 2.5;

/**
 * Returns what to say of a disk with less room than set-up needs; `undefined` if there is enough, or the
 * system does not tell.
 *
 * @param {string} folder on the disk
 */
export function lackOfRoom(folder) {
  try {
    const { bavail, bsize } = statfsSync(folder);
    const free = (bavail * bsize) / 1e9;
    if (free < NEEDED) return earlyMessages().bootstrap.diskTooSmall(free.toFixed(1), NEEDED);
  } catch {}
  return undefined;
}

/** Tells whether a folder can be written to; makes it if it is missing. */
export function canWrite(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
