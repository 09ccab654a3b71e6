/**
 * The packed form of an image file. After gzip, the packed form is a fifth smaller than the original. It
 * separates the mask of nonzero pixels from their values, and groups values by the pattern of neighbours.
 *
 * Layout, as an IDX vector of bytes: a magic number; the file's header; the start offset of each of 16 groups;
 * the mask of each row in four byte planes; the pixel values by group.
 */

/** Magic number of an IDX file with images. */
const IMAGES_MAGIC = 0x0000_0803;
const MAGIC = 0x5069_7873;
const MAGIC_OFFSET = 8;
const HEADER_OFFSET = 12;
/** Size of the header of an IDX file with images, in bytes. */
const HEADER_SIZE = 16;
const GROUPS_OFFSET = HEADER_OFFSET + HEADER_SIZE;
const GROUPS = 16;
const ROWS_OFFSET = GROUPS_OFFSET + 4 * GROUPS;
/** Maximum number of pixels per row: the bits of a row's mask. */
const MAX_WIDTH = 32;

const viewOf = ({ buffer, byteOffset }: Uint8Array) => new DataView(buffer, byteOffset);

/** Returns the image width and the total number of rows from the header. */
function readDimensions(file: Uint8Array) {
  const view = viewOf(file);
  return { width: view.getUint32(12), rows: view.getUint32(4) * view.getUint32(8) };
}

/** Calls `callback` with the offset and the group of each nonzero pixel. */
function forEachNonzeroPixel(
  packed: Uint8Array,
  { width, rows }: { width: number; rows: number },
  callback: (offset: number, group: number) => void,
): void {
  const rowMask = (row: number) => {
    let bits = 0;
    for (let plane = 3; plane >= 0; plane--) {
      bits = (bits << 8) | (packed[ROWS_OFFSET + plane * rows + row] as number);
    }
    return bits;
  };
  let [above, bits] = [0, rowMask(0)];
  for (let row = 0; row < rows; row++) {
    const below = row + 1 < rows ? rowMask(row + 1) : 0;
    for (let remainingBits = bits; remainingBits !== 0; remainingBits &= remainingBits - 1) {
      const x = 31 - Math.clz32(remainingBits & -remainingBits);
      const horizontal = (((bits << 1) >>> x) & 1) | ((((bits >>> 1) >>> x) & 1) << 1);
      const vertical = (((above >>> x) & 1) << 2) | (((below >>> x) & 1) << 3);
      callback(HEADER_SIZE + row * width + x, horizontal | vertical);
    }
    above = bits;
    bits = below;
  }
}

/**
 * Packs an image file for browsers; `loadData` unpacks the result.
 *
 * @param file a raw IDX file of uint8 `[number, height, width]`, such as MNIST's images
 * @returns the packed file, to be gzipped and saved under the file's name with `.gz`; or `file` itself if
 * packing saves nothing, if the format differs, or if a row has more than 32 pixels
 */
export function packPictures(file: Uint8Array): Uint8Array {
  if (file.length < HEADER_SIZE || viewOf(file).getUint32(0) !== IMAGES_MAGIC) return file;
  const { width, rows } = readDimensions(file);
  if (width > MAX_WIDTH) return file;
  const valuesOffset = ROWS_OFFSET + 4 * rows;
  const packed = new Uint8Array(valuesOffset + file.length);
  for (let offset = HEADER_SIZE; offset < file.length; offset++) {
    const [row, x] = [Math.floor((offset - HEADER_SIZE) / width), (offset - HEADER_SIZE) % width];
    if (file[offset]) (packed[ROWS_OFFSET + (x >> 3) * rows + row] as number) |= 1 << (x & 7);
  }
  const counts = new Uint32Array(GROUPS);
  forEachNonzeroPixel(packed, { width, rows }, (_, group) => {
    (counts[group] as number)++;
  });
  const view = viewOf(packed);
  let end = valuesOffset;
  const groupOffsets = counts.map((count, group) => {
    const groupOffset = end;
    view.setUint32(GROUPS_OFFSET + 4 * group, groupOffset);
    end += count;
    return groupOffset;
  });
  forEachNonzeroPixel(packed, { width, rows }, (offset, group) => {
    packed[(groupOffsets[group] as number)++] = file[offset] as number;
  });
  packed.set([0, 0, 8, 1]);
  view.setUint32(4, end - MAGIC_OFFSET);
  view.setUint32(MAGIC_OFFSET, MAGIC);
  packed.set(file.subarray(0, HEADER_SIZE), HEADER_OFFSET);
  return end < file.length ? packed.subarray(0, end) : file;
}

/** Returns whether bytes are a packed image file with an original size of `size` bytes. */
export function isPacked(bytes: Uint8Array, size: number): boolean {
  if (bytes.length < ROWS_OFFSET || viewOf(bytes).getUint32(MAGIC_OFFSET) !== MAGIC) return false;
  const { width, rows } = readDimensions(bytes.subarray(HEADER_OFFSET));
  return width <= MAX_WIDTH && HEADER_SIZE + rows * width === size;
}

/** Unpacks into `file`, zeroed bytes of the original size, and returns `file`. */
export function unpackPictures(packed: Uint8Array, file: Uint8Array): Uint8Array {
  file.set(packed.subarray(HEADER_OFFSET, GROUPS_OFFSET));
  const view = viewOf(packed);
  const groupOffsets = Uint32Array.from({ length: GROUPS }, (_, group) =>
    view.getUint32(GROUPS_OFFSET + 4 * group),
  );
  forEachNonzeroPixel(packed, readDimensions(file), (offset, group) => {
    file[offset] = packed[(groupOffsets[group] as number)++] as number;
  });
  return file;
}
