/** Platform functions in browsers. */
import { sha256 as digest } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { OnGzipFault } from './platform';

export const platform: 'node' | 'browser' = 'browser';

/**
 * Returns the SHA-256 of bytes, in hex. Uses the browser's `crypto.subtle` if available, which is five times as
 * fast; pages need https or localhost for `crypto.subtle`.
 */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (!subtle) return bytesToHex(digest(bytes));
  return bytesToHex(new Uint8Array(await subtle.digest('SHA-256', bytes as BufferSource)));
}

/** Bytes per write. The decompressed bytes of one write stay in memory. */
const CHUNK_SIZE = 1 << 16;

/**
 * Decompresses gzip in chunks.
 *
 * Error messages differ between browsers, so the failing call identifies the error: by the standard, damaged
 * data fails in `write`, and a missing end fails in `close`.
 */
export async function* gunzip(bytes: Uint8Array, onFault: OnGzipFault): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new DecompressionStream('gzip');
  const [reader, writer] = [readable.getReader(), writable.getWriter()];
  let isWritten = false;
  const write = async () => {
    for (let start = 0; start < bytes.length; start += CHUNK_SIZE) {
      await writer.write(bytes.subarray(start, start + CHUNK_SIZE) as BufferSource);
    }
    isWritten = true;
    await writer.close();
  };
  const writePromise = write();
  // The reader reports the same failure.
  writePromise.catch(() => {});
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // The writer may fail later than the reader.
    await writePromise.catch(() => {});
    throw onFault(error.message, isWritten);
  } finally {
    await reader.cancel().catch(() => {});
  }
}
