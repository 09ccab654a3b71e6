/** The checksum on Node; `sha256.browser.ts` is its twin for browsers. */
import { createHash } from 'node:crypto';

// Not `crypto.subtle`, which Node has, too: it copies the 47 MB, and takes twice as long.
/** Returns the sha256 of bytes, in hex. */
export const sha256 = async (bytes: Uint8Array): Promise<string> =>
  createHash('sha256').update(bytes).digest('hex');
