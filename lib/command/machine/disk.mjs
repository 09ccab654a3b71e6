/** Checks folders for write access and free disk space. */
import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  rmdirSync,
  statfsSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** Returns whether a folder is writable, ignoring a full disk. Creates a missing folder. */
export function canWrite(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    // On Windows, only a trial write is reliable. Elsewhere avoid it: every command checks the clone.
    if (process.platform === 'win32') rmdirSync(mkdtempSync(join(folder, '.try-')));
    return true;
  } catch (error) {
    return /^(ENOSPC|EDQUOT)$/.test(error.code);
  }
}

/** Returns whether no other account can write to a temporary folder. Creates a missing folder. */
export function isPrivate(folder) {
  if (process.platform === 'win32') return true; // each account has a separate temporary folder
  try {
    mkdirSync(folder, { mode: 0o700, recursive: true });
    const { uid, mode } = lstatSync(folder);
    return uid === process.geteuid() && (mode & 0o170022) === 0o040000; // a folder, not a symbolic link
  } catch {
    return false;
  }
}

/** Returns the path or, if missing, the closest existing parent folder. */
export const closestExisting = path => (existsSync(path) ? path : closestExisting(dirname(path)));

/** Returns the folder on the fullest disk, with its free space and whether the disk is out of inodes. */
export function fullestDisk(folders) {
  const disks = folders.filter(Boolean).flatMap(path => {
    const folder = closestExisting(path);
    try {
      accessSync(folder, constants.W_OK); // skip read-only disks, which report no free space
      const { bavail, bsize, files, ffree } = statfsSync(folder);
      const noFiles = files > 0 && ffree < 10;
      return [{ folder, megabytes: Math.floor((bavail * bsize) / 1e6), noFiles }];
    } catch {
      return []; // or the system reports no sizes
    }
  });
  return disks.sort((a, b) => b.noFiles - a.noFiles || a.megabytes - b.megabytes)[0];
}

export const isFull = disk => disk?.noFiles || disk?.megabytes < 1;
