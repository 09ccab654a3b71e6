/** The disk: where set-up can write, and where is least room. */
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

/** Tells whether a folder can be written to, unless the disk is full; makes it if it is missing. */
export function canWrite(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    // On Windows only a try tells. Elsewhere none is made: each command asks this of the clone itself.
    if (process.platform === 'win32') rmdirSync(mkdtempSync(join(folder, '.try-')));
    return true;
  } catch (error) {
    return /^(ENOSPC|EDQUOT)$/.test(error.code);
  }
}

/** Tells whether no other account can write to a folder among temporary files; makes it if it is missing. */
export function isOwn(folder) {
  if (process.platform === 'win32') return true; // each account has temporary files of its own
  try {
    mkdirSync(folder, { mode: 0o700, recursive: true });
    const { uid, mode } = lstatSync(folder);
    return uid === process.geteuid() && (mode & 0o170022) === 0o040000; // a folder, not a link to one
  } catch {
    return false;
  }
}

/** Returns a path, or of one that is not there yet the folder in which it would be made. */
export const nearest = path => (existsSync(path) ? path : nearest(dirname(path)));

/** Finds of these folders the one on whose disk is least room, and how much; or that holds no more files. */
export function fullest(folders) {
  const disks = folders.filter(Boolean).flatMap(named => {
    const folder = nearest(named);
    try {
      accessSync(folder, constants.W_OK); // a disk to read alone is always full
      const { bavail, bsize, files, ffree } = statfsSync(folder);
      const noFiles = files > 0 && ffree < 10;
      return [{ folder, megabytes: Math.floor((bavail * bsize) / 1e6), noFiles }];
    } catch {
      return []; // or the system does not tell
    }
  });
  return disks.sort((a, b) => b.noFiles - a.noFiles || a.megabytes - b.megabytes)[0];
}

/** Tells whether nothing more can be written there. */
export const isFull = disk => disk?.noFiles || disk?.megabytes < 1;
