/** Unpacks gzip on Node; `inflated.browser.ts` is its twin for browsers. */
import { createGunzip } from 'node:zlib';
import { GzipFault } from './gzip-fault';

/**
 * Unpacks gzip, piece by piece.
 *
 * @throws GzipFault
 */
export async function* inflated(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  const stream = createGunzip({ chunkSize: 1 << 20 });
  stream.end(bytes);
  try {
    yield* stream as AsyncIterable<Uint8Array>;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code?.startsWith('Z_')) throw error;
    throw new GzipFault(message, code === 'Z_BUF_ERROR');
  }
}
