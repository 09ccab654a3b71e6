/**
 * The packed form of a file of pictures, which gzip makes a fifth smaller than the file itself: first
 * which pixels are not black, then their bytes, those together that have like neighbours.
 *
 * It is an IDX vector of bytes: a mark; the header of the file; for each of 16 groups of pixels where its
 * bytes begin; the rows of the pictures with a bit for each pixel, in four planes; the bytes by group.
 */

/** How an IDX file of pictures begins. */
const PICTURES = 0x0000_0803;
const MARK = 0x5069_7873;
const MARK_AT = 8;
const HEADER_AT = 12;
/** Bytes of the header of an IDX file of pictures. */
const HEADER = 16;
const GROUPS_AT = HEADER_AT + HEADER;
const GROUPS = 16;
const ROWS_AT = GROUPS_AT + 4 * GROUPS;
/** The bits of a row. */
const WIDEST = 32;

const viewOf = ({ buffer, byteOffset }: Uint8Array) => new DataView(buffer, byteOffset);

/** Reads from the header of a file of pictures their width, and the number of all rows. */
function measure(file: Uint8Array) {
  const view = viewOf(file);
  return { width: view.getUint32(12), rows: view.getUint32(4) * view.getUint32(8) };
}

/** Calls back with the place of each pixel that is not black, and with its group. */
function eachPixel(
  packed: Uint8Array,
  { width, rows }: { width: number; rows: number },
  use: (place: number, group: number) => void,
): void {
  const rowAt = (row: number) => {
    let bits = 0;
    for (let plane = 3; plane >= 0; plane--) {
      bits = (bits << 8) | (packed[ROWS_AT + plane * rows + row] as number);
    }
    return bits;
  };
  let [above, bits] = [0, rowAt(0)];
  for (let row = 0; row < rows; row++) {
    const below = row + 1 < rows ? rowAt(row + 1) : 0;
    for (let left = bits; left !== 0; left &= left - 1) {
      const x = 31 - Math.clz32(left & -left);
      const beside = (((bits << 1) >>> x) & 1) | ((((bits >>> 1) >>> x) & 1) << 1);
      const around = (((above >>> x) & 1) << 2) | (((below >>> x) & 1) << 3);
      use(HEADER + row * width + x, beside | around);
    }
    above = bits;
    bits = below;
  }
}

/**
 * Packs a file of pictures for browsers, in which `loadData` unpacks it.
 *
 * @param file a raw IDX file of uint8 `[number, height, width]`, such as one of MNIST's
 * @returns what is to be gzipped, and bears the file's name with `.gz`; the file itself if that is no
 *   larger, or of another form, or if a row has more than 32 pixels
 */
export function packPictures(file: Uint8Array): Uint8Array {
  if (file.length < HEADER || viewOf(file).getUint32(0) !== PICTURES) return file;
  const { width, rows } = measure(file);
  if (width > WIDEST) return file;
  const bytesAt = ROWS_AT + 4 * rows;
  const packed = new Uint8Array(bytesAt + file.length);
  for (let at = HEADER; at < file.length; at++) {
    const [row, x] = [Math.floor((at - HEADER) / width), (at - HEADER) % width];
    if (file[at]) (packed[ROWS_AT + (x >> 3) * rows + row] as number) |= 1 << (x & 7);
  }
  const counts = new Uint32Array(GROUPS);
  eachPixel(packed, { width, rows }, (_, group) => {
    (counts[group] as number)++;
  });
  const view = viewOf(packed);
  let end = bytesAt;
  const places = counts.map((count, group) => {
    const place = end;
    view.setUint32(GROUPS_AT + 4 * group, place);
    end += count;
    return place;
  });
  eachPixel(packed, { width, rows }, (place, group) => {
    packed[(places[group] as number)++] = file[place] as number;
  });
  packed.set([0, 0, 8, 1]);
  view.setUint32(4, end - MARK_AT);
  view.setUint32(MARK_AT, MARK);
  packed.set(file.subarray(0, HEADER), HEADER_AT);
  return end < file.length ? packed.subarray(0, end) : file;
}

/** Returns whether bytes are a packed file of pictures that has so many bytes itself. */
export function isPacked(bytes: Uint8Array, size: number): boolean {
  if (bytes.length < ROWS_AT || viewOf(bytes).getUint32(MARK_AT) !== MARK) return false;
  const { width, rows } = measure(bytes.subarray(HEADER_AT));
  return width <= WIDEST && HEADER + rows * width === size;
}

/** Unpacks a packed file into zeroed bytes of its size, and returns them. */
export function unpackPictures(packed: Uint8Array, file: Uint8Array): Uint8Array {
  file.set(packed.subarray(HEADER_AT, GROUPS_AT));
  const view = viewOf(packed);
  const places = Uint32Array.from({ length: GROUPS }, (_, group) =>
    view.getUint32(GROUPS_AT + 4 * group),
  );
  eachPixel(packed, measure(file), (place, group) => {
    file[place] = packed[(places[group] as number)++] as number;
  });
  return file;
}
