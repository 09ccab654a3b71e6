import { open } from 'node:fs/promises';
import { alignedBytes } from './aligned';

/** The most bytes that Node reads at once. */
const MOST = 2 ** 31 - 1;

/** Reads a whole file into {@link alignedBytes}; rejects as `readFile` does. */
export async function readAligned(path: string): Promise<Uint8Array> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    // A pipe has no size of its own; a larger file takes more than one read.
    if (size === 0 || size > MOST) return await handle.readFile();
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
