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
  const unpacked = new Unpacked(file, bytes.length * RATIO, limit);
  for await (const chunk of gunzip(bytes, fault)) unpacked.add(chunk);
  return unpacked.bytes();
}

/** Collects what has come out so far. */
class Unpacked {
  /** Before the header has come, its beginning; then a place for the whole file. */
  private place: Uint8Array = new Uint8Array();
  private length = 0;
  private isPlaced = false;

  /** @param possible bytes that can come out at all, whatever the header says. */
  constructor(
    private readonly file: string,
    private readonly possible: number,
    private readonly limit: number,
  ) {}

  add(chunk: Uint8Array): void {
    const length = this.length + chunk.length;
    if (!this.isPlaced) this.grow(length);
    if (length > this.place.length) this.refuse(this.place.length);
    this.place.set(chunk, this.length);
    this.length = length;
    if (!this.isPlaced) this.readHeader();
  }

  bytes(): Uint8Array {
    return this.place.subarray(0, this.length);
  }

  /** Makes the place for the whole file once its header has come. */
  private readHeader(): void {
    const size = readIdxHeader(this.place, this.file)?.size;
    if ((size ?? this.length) > this.limit) this.refuse(this.limit);
    if (size === undefined) return;
    const most = Math.min(size, this.possible);
    if (this.length > most) this.refuse(most);
    this.grow(most);
    this.isPlaced = true;
  }

  private grow(length: number): void {
    const start = this.bytes();
    this.place = alignedBytes(length);
    this.place.set(start);
  }

  private refuse(most: number): never {
    throw new WrongShapeError(this.file, words.content.atMost(most), words.content.more());
  }
}
