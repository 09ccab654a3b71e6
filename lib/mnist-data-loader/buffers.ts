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

/** The least room to begin with, in bytes. */
const LEAST = 1 << 16;

/** Collects bytes that come piece by piece in one place, so that they need not be joined at the end. */
export class GrowableBuffer {
  private place: Uint8Array;
  private length = 0;

  /**
   * @param expected bytes, if that is known.
   * @param most bytes that are ever added.
   */
  constructor(
    expected: number | undefined,
    private readonly most: number,
  ) {
    this.place = new Uint8Array(Math.min(expected ?? LEAST, most));
  }

  add(piece: Uint8Array): void {
    const length = this.length + piece.length;
    if (length > this.place.length) {
      const larger = new Uint8Array(Math.max(length, Math.min(2 * this.place.length, this.most)));
      larger.set(this.bytes());
      this.place = larger;
    }
    this.place.set(piece, this.length);
    this.length = length;
  }

  /** Returns what has been added so far. */
  bytes(): Uint8Array {
    return this.place.subarray(0, this.length);
  }
}
