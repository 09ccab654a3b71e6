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
