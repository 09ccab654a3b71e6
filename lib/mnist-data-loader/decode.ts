import type { SetFile } from './datasets';
import { ChecksumError, NotIdxError, TruncatedError, WrongShapeError } from './errors';
import { headerSize, isGzip, readShape } from './idx';
import { untranslated, words } from './language';
import { NdArray, sizeOf } from './nd-array';
import { isPacked, unpackPictures } from './packed';
import { gunzip, sha256 } from './platform';

export interface DataFile {
  /** The raw content of the file. */
  raw: Uint8Array;
  array: NdArray;
}

/** Decodes and verifies a raw, gzipped or packed file. Cheap checks with clearer messages precede the checksum. */
export async function decode(bytes: Uint8Array, file: SetFile, source: string): Promise<DataFile> {
  const size = rawSize(file);
  const isZipped = isGzip(bytes);
  const content = isZipped ? await inflate(bytes, source, size) : bytes;
  const raw = isPacked(content, size) ? unpackPictures(content, alignedBytes(size)) : content;
  const format = (shape: readonly number[]) => `uint8 [${shape.join(', ')}]`;
  const [expected, shape] = [format(file.shape), readShape(raw, source)];
  if (shape && format(shape) !== expected) {
    throw new WrongShapeError(source, untranslated(expected), untranslated(format(shape)));
  }
  if (raw.length < size) throw new TruncatedError(source, size, raw.length);
  if (raw.length > size) {
    const { bytesFor, bytesAlone } = words.content;
    throw new WrongShapeError(source, bytesFor(size, expected), bytesAlone(raw.length));
  }
  // Only site owners pack images, so gzip's own checksum suffices, in a tenth of the time.
  if (!(isZipped && raw !== content)) {
    const actual = await sha256(raw);
    if (actual !== file.sha256) throw new ChecksumError(source, file.sha256, actual);
  }
  const { buffer, byteOffset } = raw.subarray(headerSize(file.shape.length));
  const values = new Uint8Array(buffer, byteOffset, sizeOf(file.shape));
  return { raw, array: new NdArray('uint8', file.shape, values) };
}

/** Returns the size of the raw file, in bytes. */
export function rawSize({ shape }: SetFile): number {
  return headerSize(shape.length) + sizeOf(shape);
}

/** Decompresses gzip, up to `maxBytes`, so that a small file cannot fill the memory. */
async function inflate(bytes: Uint8Array, file: string, maxBytes: number): Promise<Uint8Array> {
  const toError = (message: string, isTruncated: boolean) =>
    isTruncated
      ? new TruncatedError(file, undefined, bytes.length)
      : new NotIdxError(file, words.content.damagedGzip(message));
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of gunzip(bytes, toError)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxBytes) {
      throw new WrongShapeError(file, words.content.atMost(maxBytes), words.content.more());
    }
  }
  return concatenate(chunks);
}

/** Concatenates chunks into one aligned array. */
export function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = alignedBytes(chunks.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

/** Native code such as TensorFlow's uses arrays without a copy at multiples of this address, in bytes. */
const ALIGNMENT = 64;

/** Offset of the C library's large allocations from a multiple of {@link ALIGNMENT}, in bytes. */
const ALLOCATION_OFFSET = 16;

/** Size of the header of an IDX file with images, in bytes. */
const IMAGE_HEADER_SIZE = 16;

/**
 * Allocates zeroed bytes so that the values after an image file's header are aligned for native code. On other
 * memory layouts, native code copies the values.
 */
export function alignedBytes(length: number): Uint8Array {
  const offset = ALIGNMENT - ALLOCATION_OFFSET - IMAGE_HEADER_SIZE;
  return new Uint8Array(new ArrayBuffer(offset + length), offset);
}
