import type { SetFile } from './datasets';
import { ChecksumError, NotIdxError, TruncatedError, WrongShapeError } from './errors';
import { isGzip, readIdx, readIdxHeader } from './idx';
import { same, words } from './language';
import { type AnyArray, sizeOf } from './nd-array';
import { gunzip, sha256 } from './platform';

export interface Decoded {
  /** The file, unpacked. */
  raw: Uint8Array;
  array: AnyArray;
}

/**
 * Turns a file's bytes, raw or gzipped, into an array, and holds it to what is known of the file.
 * The cheap checks come first, for their messages say more than a checksum's.
 */
export async function decode(bytes: Uint8Array, file: SetFile, where: string): Promise<Decoded> {
  const size = rawSize(file);
  const raw = isGzip(bytes) ? await gunzipIdx(bytes, where, size) : bytes;
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
  if (file.sha256) {
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

/** The most bytes that gzip makes of one. */
const RATIO = 1032;

/**
 * Unpacks a gzipped IDX file, straight into the place that its header asks for. Stops as soon as more
 * comes out than that, or than `limit`, so that no small file can fill the memory.
 *
 * @param limit the most bytes that may come out
 */
async function gunzipIdx(bytes: Uint8Array, file: string, limit = LARGEST): Promise<Uint8Array> {
  const fault = (message: string, isTruncated: boolean) =>
    isTruncated
      ? new TruncatedError(file, undefined, bytes.length)
      : new NotIdxError(file, words.content.damagedGzip(message));
  /** Before the header has come, its beginning; then a place for the whole file. */
  let place: Uint8Array = new Uint8Array();
  let length = 0;
  /** The bytes that may come out; unknown before the header has come. */
  let most: number | undefined;
  const grow = (room: number) => {
    const start = place.subarray(0, length);
    place = alignedBytes(room);
    place.set(start);
  };
  const checkAgainst = (allowed: number, wanted: number) => {
    if (wanted <= allowed) return;
    throw new WrongShapeError(file, words.content.atMost(allowed), words.content.more());
  };
  for await (const chunk of gunzip(bytes, fault)) {
    const end = length + chunk.length;
    if (most === undefined) grow(end);
    else checkAgainst(most, end);
    place.set(chunk, length);
    length = end;
    if (most !== undefined) continue;
    const size = readIdxHeader(place, file)?.size;
    checkAgainst(limit, size ?? length);
    if (size === undefined) continue;
    // Whatever the header says, no more can come out of so few bytes.
    most = Math.min(size, bytes.length * RATIO);
    checkAgainst(most, length);
    grow(most);
  }
  return place.subarray(0, length);
}

/** Native code such as TensorFlow's uses an array without a copy if it begins at a multiple of this. */
const ALIGNMENT = 64;

/** The C library begins a large block of memory this far beyond a multiple of {@link ALIGNMENT}. */
const BLOCK = 16;

/** Bytes of the header of an IDX file of pictures. */
const HEADER = 16;

/**
 * Allocates zeroed bytes, placed so that those behind a header begin where native code can use them
 * as they are. If memory is laid out otherwise, native code copies them.
 *
 * @param header bytes; defaults to those of an IDX file of pictures.
 */
export function alignedBytes(length: number, header = HEADER): Uint8Array {
  const offset = ALIGNMENT - BLOCK - header;
  return new Uint8Array(new ArrayBuffer(offset + length), offset);
}
