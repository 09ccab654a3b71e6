/** The least room to begin with, in bytes. */
const LEAST = 1 << 16;

/** Bytes that come piece by piece, kept in one place, so that they need not be joined at the end. */
export class Received {
  private place: Uint8Array;
  private length = 0;

  /**
   * @param expected bytes, where that is known.
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
      larger.set(this.place.subarray(0, this.length));
      this.place = larger;
    }
    this.place.set(piece, this.length);
    this.length = length;
  }

  /** All of them. */
  whole(): Uint8Array {
    return this.place.subarray(0, this.length);
  }
}
