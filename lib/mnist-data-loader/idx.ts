/** Parses the IDX format: two zero bytes, a type, a rank, a 32-bit length per axis, then the values. */
import { NotIdxError } from './errors';
import { type Text, words } from './language';

/** Returns whether the bytes start with gzip's magic number. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** IDX type code of uint8 values. */
const UINT8 = 8;

/** Returns the size of an IDX header, in bytes. */
export const headerSize = (rank: number): number => 4 + 4 * rank;

/**
 * Returns the shape from the header of a uint8 IDX file, or `undefined` if `bytes` is shorter than the header.
 *
 * @see http://yann.lecun.com/exdb/mnist/ for the format
 */
export function readShape(bytes: Uint8Array, file: string): number[] | undefined {
  const [first, second, type = UINT8, rank = 1] = bytes;
  if (first || second || type !== UINT8 || rank === 0) throw new NotIdxError(file, describe(bytes));
  if (bytes.length < headerSize(rank)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return Array.from({ length: rank }, (_, axis) => view.getUint32(headerSize(axis)));
}

/** Returns whether the bytes look like a web page, which many servers send for missing files. */
export function isWebPage(bytes: Uint8Array): boolean {
  return /^(\xef\xbb\xbf)?\s*</.test(String.fromCharCode(...bytes.subarray(0, 64)));
}

function describe(bytes: Uint8Array): Text {
  const hex = Array.from(bytes.subarray(0, 4), byte => byte.toString(16).padStart(2, '0')).join('');
  return isWebPage(bytes) ? words.content.page() : words.content.bytes(hex);
}
