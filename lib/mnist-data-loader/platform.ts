/** Platform functions on Node; `platform.browser.ts` replaces this file in browsers. */
import { createHash } from 'node:crypto';
import { createGunzip } from 'node:zlib';

/** Key of the remedies, which differ between Node and browsers. */
export const platform: 'node' | 'browser' = 'node';

/** Returns the SHA-256 of bytes, in hex. `crypto.subtle` would copy the 47 MB, and take twice as long. */
export const sha256 = async (bytes: Uint8Array): Promise<string> =>
  createHash('sha256').update(bytes).digest('hex');

/** Decompresses gzip in chunks. `onFault` creates the error for an invalid stream. */
export async function* gunzip(bytes: Uint8Array, onFault: OnGzipFault): AsyncGenerator<Uint8Array> {
  const stream = createGunzip({ chunkSize: 1 << 20 });
  stream.end(bytes);
  try {
    yield* stream as AsyncIterable<Uint8Array>;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw code?.startsWith('Z_') ? onFault(message, code === 'Z_BUF_ERROR') : error;
  }
}

/** @param isTruncated whether the stream is valid up to its end */
export type OnGzipFault = (message: string, isTruncated: boolean) => Error;
