import { open } from 'node:fs/promises';

/** Native code, such as TensorFlow's, takes over without a copy what begins at a multiple of it. */
const ALIGNMENT = 64;

/** Where the C library lets a large block of memory begin, beyond a multiple of {@link ALIGNMENT}. */
const BLOCK = 16;

/** The header of an IDX file of pictures. */
const HEADER = 16;

/** The most bytes that Node reads at once. */
const MOST = 2 ** 31 - 1;

/**
 * New bytes, all 0, such that those behind a header begin where native code can use them as they are.
 * Where memory is laid out otherwise, it will copy them.
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
    // What has no size of its own, such as a pipe, and what no single read can bring.
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
