import { open } from 'node:fs/promises';

/** Native code such as TensorFlow's uses an array without a copy where it begins at a multiple of this. */
const ALIGNMENT = 64;

/** The C library begins a large block of memory this far beyond a multiple of {@link ALIGNMENT}. */
const BLOCK = 16;

/** Bytes of the header of an IDX file of pictures. */
const HEADER = 16;

/** The most bytes that Node reads at once. */
const MOST = 2 ** 31 - 1;

/**
 * Allocates zeroed bytes, placed so that those behind a header begin where native code can use them
 * as they are. Where memory is laid out otherwise, it copies them.
 *
 * @param header bytes; defaults to those of an IDX file of pictures.
 */
export function alignedBytes(length: number, header = HEADER): Uint8Array {
  const offset = ALIGNMENT - BLOCK - header;
  return new Uint8Array(new ArrayBuffer(offset + length), offset);
}

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
