/** Reads the format of the MNIST files: two zero bytes, a type, a rank, a 32-bit length for each axis, then the values. */
import { NotIdxError } from './errors';
import { type Text, words } from './language';

/** Returns whether bytes begin as those of a gzip file do. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The type whose values are bytes. */
const UINT8 = 8;

/** Returns the bytes of an IDX header. */
export const headerSize = (rank: number): number => 4 + 4 * rank;

/**
 * Reads the shape from the header of an IDX file of bytes; undefined if `bytes` is less than a header.
 *
 * @see http://yann.lecun.com/exdb/mnist/ for the format
 */
export function readShape(bytes: Uint8Array, file: string): number[] | undefined {
  const [first, second, type = UINT8, rank = 1] = bytes;
  if (first || second || type !== UINT8 || rank === 0) throw new NotIdxError(file, startOf(bytes));
  if (bytes.length < headerSize(rank)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return Array.from({ length: rank }, (_, axis) => view.getUint32(headerSize(axis)));
}

/** Returns whether bytes begin as a web page does, which many servers send for what they do not have. */
export function isWebPage(bytes: Uint8Array): boolean {
  return /^(\xef\xbb\xbf)?\s*</.test(String.fromCharCode(...bytes.subarray(0, 64)));
}

function startOf(bytes: Uint8Array): Text {
  const hex = Array.from(bytes.subarray(0, 4), byte => byte.toString(16).padStart(2, '0')).join('');
  return isWebPage(bytes) ? words.content.page() : words.content.bytes(hex);
}
