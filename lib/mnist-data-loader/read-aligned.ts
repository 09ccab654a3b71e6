import type { Stats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { alignedBytes } from './buffers';
import { type Text, words } from './language';

/** The most bytes that Node reads at once. */
const MOST = 2 ** 31 - 1;

/** Something that is neither a folder nor a file that has an end. */
export class NotAFileError extends Error {
  constructor(readonly found: Text) {
    super(found.en);
  }
}

/**
 * Reads a whole file into {@link alignedBytes}, as long as it was when it was opened; rejects as
 * `readFile` does, or with a NotAFileError.
 */
export async function readAligned(path: string): Promise<Uint8Array> {
  // Before it is opened: a pipe would wait there for somebody to write into it.
  refuseOthers(await stat(path));
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const bytes = alignedBytes(size);
    let length = 0;
    while (length < size) {
      const { bytesRead } = await handle.read(bytes, length, size - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return bytes.subarray(0, length);
  } finally {
    await handle.close();
  }
}

function refuseOthers(stats: Stats): void {
  // As reading does, even if a folder has no size: on Windows, and on some disks of Linux.
  if (stats.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
  if (stats.isFIFO()) throw new NotAFileError(words.pipe());
  if (stats.isSocket()) throw new NotAFileError(words.socket());
  if (stats.isCharacterDevice() || stats.isBlockDevice()) {
    throw new NotAFileError(words.device());
  }
  if (stats.size > MOST) throw new NotAFileError(words.tooLarge());
}
