/** Uses Node's own modules; `platform.browser.ts` is its twin for browsers. */
import { createHash } from 'node:crypto';
import { createGunzip } from 'node:zlib';

/** Names the table of remedies: Node and browsers have different ones. */
export const platform: 'node' | 'browser' = 'node';

// Not `crypto.subtle`, which Node has, too: it copies the 47 MB, and takes twice as long.
/** Returns the sha256 of bytes, in hex. */
export const sha256 = async (bytes: Uint8Array): Promise<string> =>
  createHash('sha256').update(bytes).digest('hex');

/** Unpacks gzip, piece by piece; `onFault` makes the error for what is not a whole stream. */
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

/** @param isTruncated whether the stream is sound as far as it goes */
export type OnGzipFault = (message: string, isTruncated: boolean) => Error;
