import { alignedBytes } from './buffers';
import { NotIdxError, TruncatedError, WrongShapeError } from './errors';
import { readIdxHeader } from './idx';
import { words } from './language';
import { gunzip } from './platform';

/** Bytes of the largest file that is unpacked: more than the large sets of this format have, less than memory. */
const LARGEST = 2 ** 30;

/** The most bytes that gzip makes of one. */
const RATIO = 1032;

/**
 * Unpacks a gzipped IDX file, straight into the place that its header asks for. Stops as soon as more
 * comes out than that, or than `limit`, so that no small file can fill the memory.
 *
 * @param limit the most bytes that may come out
 * @throws NotIdxError | TruncatedError | WrongShapeError
 */
export async function gunzipIdx(
  bytes: Uint8Array,
  file: string,
  limit = LARGEST,
): Promise<Uint8Array> {
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
