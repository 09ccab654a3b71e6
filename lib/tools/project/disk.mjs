/** The disk: what set-up needs of it, what is free, and where it can be written to. */
import { accessSync, constants, mkdirSync, statfsSync } from 'node:fs';

/** The gigabytes that a set-up takes while it works, with npm's cache, without tests and an NVIDIA GPU. */
export const NEEDED = 2.5;

/** Returns the gigabytes that are free on a folder's disk; `undefined` where the system does not say. */
export function freeGigabytes(folder) {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return (bavail * bsize) / 1e9;
  } catch {
    return undefined;
  }
}

/** Tells whether a folder can be written to; makes it where it is missing. */
export function canWrite(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Tells of a disk with too little room for what is still to be installed, in the doctor's two lines. */
export function tooLittle(free) {
  const seen = free.toFixed(1);
  return {
    en: `✖ Disk: ${seen} GB free\n  → about ${NEEDED} GB are needed; free some space, then run npm run setup`,
    zh: `✖ 磁盘：剩余 ${seen} GB\n  → 大约需要 ${NEEDED} GB；请腾出空间，再运行 npm run setup`,
  };
}
