import type { SetFile } from './datasets';
import { ChecksumError, NotIdxError, TruncatedError, WrongShapeError } from './errors';
import { isGzip, readIdx, readIdxHeader } from './idx';
import { same, words } from './language';
import { type AnyArray, sizeOf } from './nd-array';
import { isPacked, unpackPictures } from './packed';
import { gunzip, sha256 } from './platform';

export interface Decoded {
  /** The file, unpacked. */
  raw: Uint8Array;
  array: AnyArray;
}

/**
 * Turns a file's bytes, raw, gzipped or packed, into an array, and holds it to what is known of the file.
 * The cheap checks come first, for their messages say more than a checksum's.
 */
export async function decode(bytes: Uint8Array, file: SetFile, where: string): Promise<Decoded> {
  const size = rawSize(file);
  const isZipped = isGzip(bytes);
  const sent = isZipped ? await gunzipIdx(bytes, where, size) : bytes;
  const raw = size && isPacked(sent, size) ? unpackPictures(sent, alignedBytes(size)) : sent;
  if (size !== undefined) {
    const header = readIdxHeader(raw, where);
    if (!header && raw.length < size) throw new TruncatedError(where, size, raw.length);
    const expected = `uint8 [${file.shape?.join(', ')}]`;
    const actual = header && `${header.dtype} [${header.shape.join(', ')}]`;
    if (actual && actual !== expected) {
      throw new WrongShapeError(where, same(expected), same(actual));
    }
  }
  const array = readIdx(raw, where);
  // Whoever serves a page packs its pictures: gzip's own checksum tells damage, in a tenth of the time.
  if (file.sha256 && !(isZipped && raw !== sent)) {
    const actual = await sha256(raw);
    if (actual !== file.sha256) throw new ChecksumError(where, file.sha256, actual);
  }
  return { raw, array };
}

/** Returns the bytes of the unpacked file; undefined if its shape is not known. */
export function rawSize({ shape }: SetFile): number | undefined {
  return shape && 4 + 4 * shape.length + sizeOf(shape);
}

/** Bytes of the largest file that is unpacked: more than the large sets of this format have, less than memory. */
const LARGEST = 2 ** 30;

/**
 * Unpacks a gzipped IDX file. Stops as soon as more comes out than its header asks for, or than `limit`, so
 * that no small file can fill the memory.
 *
 * @param limit the most bytes that may come out
 */
async function gunzipIdx(bytes: Uint8Array, file: string, limit = LARGEST): Promise<Uint8Array> {
  const fault = (message: string, isTruncated: boolean) =>
    isTruncated
      ? new TruncatedError(file, undefined, bytes.length)
      : new NotIdxError(file, words.content.damagedGzip(message));
  const pieces: Uint8Array[] = [];
  let length = 0;
  let size: number | undefined;
  for await (const piece of gunzip(bytes, fault)) {
    pieces.push(piece);
    length += piece.length;
    size ??= readIdxHeader(joined(pieces), file)?.size;
    const most = Math.min(size ?? limit, limit);
    if (Math.max(length, size ?? 0) > most) {
      throw new WrongShapeError(file, words.content.atMost(most), words.content.more());
    }
  }
  return joined(pieces);
}

/** Joins pieces into one array, placed as native code wants it. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = alignedBytes(pieces.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const piece of pieces) {
    bytes.set(piece, place);
    place += piece.length;
  }
  return bytes;
}

/** Native code such as TensorFlow's uses an array without a copy if it begins at a multiple of this. */
const ALIGNMENT = 64;

/** The C library begins a large block of memory this far beyond a multiple of {@link ALIGNMENT}. */
const BLOCK = 16;

/** Bytes of the header of an IDX file of pictures. */
const HEADER = 16;

/**
 * Allocates zeroed bytes, placed so that those behind the header of an IDX file of pictures begin where native
 * code can use them as they are. If memory is laid out otherwise, native code copies them.
 */
export function alignedBytes(length: number): Uint8Array {
  const offset = ALIGNMENT - BLOCK - HEADER;
  return new Uint8Array(new ArrayBuffer(offset + length), offset);
}
