/** The checksum in a browser, by its own code. */
import { NoCryptoError } from './errors';
import { hexOf } from './hex';

/**
 * Returns the sha256 of bytes, in hex.
 *
 * @throws NoCryptoError where the page came neither by https nor from this machine: browsers then
 * leave out `crypto.subtle`.
 */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (!subtle) throw new NoCryptoError(globalThis.location?.origin);
  return hexOf(new Uint8Array(await subtle.digest('SHA-256', bytes as BufferSource)));
}
