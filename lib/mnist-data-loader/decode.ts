import type { SetFile } from './datasets';
import { ChecksumError, NotIdxError, TruncatedError, WrongShapeError } from './errors';
import { headerSize, isGzip, readShape } from './idx';
import { same, words } from './language';
import { NdArray, sizeOf } from './nd-array';
import { isPacked, unpackPictures } from './packed';
import { gunzip, sha256 } from './platform';

export interface Decoded {
  /** The file, unpacked. */
  raw: Uint8Array;
  array: NdArray;
}

/**
 * Turns a file's bytes, raw, gzipped or packed, into an array, and holds it to what is known of the file.
 * The cheap checks come first, for their messages say more than a checksum's.
 */
export async function decode(bytes: Uint8Array, file: SetFile, where: string): Promise<Decoded> {
  const size = rawSize(file);
  const isZipped = isGzip(bytes);
  const sent = isZipped ? await unzipped(bytes, where, size) : bytes;
  const raw = isPacked(sent, size) ? unpackPictures(sent, alignedBytes(size)) : sent;
  const form = (shape: readonly number[]) => `uint8 [${shape.join(', ')}]`;
  const [expected, shape] = [form(file.shape), readShape(raw, where)];
  if (shape && form(shape) !== expected) {
    throw new WrongShapeError(where, same(expected), same(form(shape)));
  }
  if (raw.length < size) throw new TruncatedError(where, size, raw.length);
  if (raw.length > size) {
    const { bytesFor, bytesAlone } = words.content;
    throw new WrongShapeError(where, bytesFor(size, expected), bytesAlone(raw.length));
  }
  // Whoever serves a page packs its pictures: gzip's own checksum tells damage, in a tenth of the time.
  if (!(isZipped && raw !== sent)) {
    const actual = await sha256(raw);
    if (actual !== file.sha256) throw new ChecksumError(where, file.sha256, actual);
  }
  const { buffer, byteOffset } = raw.subarray(headerSize(file.shape.length));
  const values = new Uint8Array(buffer, byteOffset, sizeOf(file.shape));
  return { raw, array: new NdArray('uint8', file.shape, values) };
}

/** Returns the bytes of the unpacked file. */
export function rawSize({ shape }: SetFile): number {
  return headerSize(shape.length) + sizeOf(shape);
}

/** Unpacks gzip. Stops as soon as more than `most` bytes come out, so that no small file can fill the memory. */
async function unzipped(bytes: Uint8Array, file: string, most: number): Promise<Uint8Array> {
  const fault = (message: string, isTruncated: boolean) =>
    isTruncated
      ? new TruncatedError(file, undefined, bytes.length)
      : new NotIdxError(file, words.content.damagedGzip(message));
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of gunzip(bytes, fault)) {
    pieces.push(piece);
    length += piece.length;
    if (length > most) {
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
