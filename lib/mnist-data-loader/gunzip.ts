import { alignedBytes } from './aligned';
import { NotIdxError, TruncatedError, WrongShapeError } from './errors';
import { GzipFault } from './gzip-fault';
import { readIdxHeader } from './idx';
import { inflated } from './inflated';

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
  const unpacked = new Unpacked(file, bytes.length * RATIO, limit);
  try {
    for await (const chunk of inflated(bytes)) unpacked.add(chunk);
  } catch (error) {
    if (!(error instanceof GzipFault)) throw error;
    if (error.isTruncated) throw new TruncatedError(file, undefined, bytes.length);
    throw new NotIdxError(file, {
      en: `damaged gzip (${error.message})`,
      zh: `损坏的 gzip 数据（${error.message}）`,
    });
  }
  return unpacked.bytes();
}

/** What has come out so far. */
class Unpacked {
  /** Its length is that of the whole file, once the header has come. */
  private place: Uint8Array | undefined;
  private start: Uint8Array = new Uint8Array();
  private length = 0;

  /** @param possible bytes that can come out at all, whatever the header says. */
  constructor(
    private readonly file: string,
    private readonly possible: number,
    private readonly limit: number,
  ) {}

  add(chunk: Uint8Array): void {
    if (this.place) {
      this.put(chunk);
      return;
    }
    this.start = joined(this.start, chunk);
    const size = readIdxHeader(this.start, this.file)?.size;
    if (size === undefined) {
      if (this.start.length > this.limit) throw this.tooLong(this.limit);
      return;
    }
    if (size > this.limit) throw this.tooLong(this.limit);
    this.place = alignedBytes(Math.min(size, this.possible));
    this.put(this.start);
  }

  /** All of it. */
  bytes(): Uint8Array {
    return this.place?.subarray(0, this.length) ?? this.start;
  }

  private put(chunk: Uint8Array): void {
    const place = this.place ?? this.start;
    if (this.length + chunk.length > place.length) throw this.tooLong(place.length);
    place.set(chunk, this.length);
    this.length += chunk.length;
  }

  private tooLong(most: number): WrongShapeError {
    return new WrongShapeError(
      this.file,
      { en: `at most ${most} bytes when unpacked`, zh: `解压后至多 ${most} 字节` },
      { en: 'more', zh: '更多' },
    );
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
