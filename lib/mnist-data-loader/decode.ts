import type { SetFile } from './datasets';
import { ChecksumError, TruncatedError, WrongShapeError } from './errors';
import { gunzipIdx } from './gunzip';
import { isGzip, readIdx, readIdxHeader } from './idx';
import { same } from './language';
import { type AnyArray, sizeOf } from './nd-array';
import { sha256 } from './platform';

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
