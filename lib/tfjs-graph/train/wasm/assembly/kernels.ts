/**
 * What a training step computes four numbers at a time, written in AssemblyScript;
 * `scripts/compile-kernels.ts` compiles it into `binary.ts`.
 *
 * Each function takes the address of a struct, which `memory.ts` writes. Addresses, strides, widths and
 * lengths are in bytes. Numbers are read in whole vectors, also behind the last one of a row.
 */

const VECTOR: usize = 16;

/** Behind the address of an entry, the factor of a row, and of a second one. */
const FACTOR: usize = 4;
const SECOND: usize = 8;

/**
 * Lists the numbers of a row that are not 0, each with the address of the row of `b` that it multiplies. The
 * columns are runs of runs. Returns the end of the list.
 */
export function listRow(
  list: usize,
  row: usize,
  _row1: usize,
  b: usize,
  bRowStride: i32,
  columns: i32,
  columnStride: i32,
  columnRuns: i32,
  columnRunStride: i32,
): usize {
  let end = list;
  for (let run = columnRuns; run !== 0; run--) {
    let element = row;
    for (let i = columns; i !== 0; i--) {
      const factor = load<f32>(element);
      store<usize>(end, b);
      store<f32>(end, factor, FACTOR);
      // Without a jump: what follows a zero takes its place.
      end += usize(factor !== 0) * (FACTOR + 4);
      element += columnStride;
      b += bRowStride;
    }
    row += columnRunStride;
  }
  return end;
}

/** Lists where two rows are not both 0. Adds 1 to the end of the list if most entries would serve one row alone. */
export function listRows(
  list: usize,
  row: usize,
  row1: usize,
  b: usize,
  bRowStride: i32,
  columns: i32,
  columnStride: i32,
  columnRuns: i32,
  columnRunStride: i32,
): usize {
  let end = list;
  let nonzeros = 0;
  for (let run = columnRuns; run !== 0; run--) {
    let element = row;
    let element1 = row1;
    for (let i = columns; i !== 0; i--) {
      const factor = load<f32>(element);
      const factor1 = load<f32>(element1);
      store<usize>(end, b);
      store<f32>(end, factor, FACTOR);
      store<f32>(end, factor1, SECOND);
      const is = i32(factor !== 0);
      const is1 = i32(factor1 !== 0);
      nonzeros += is + is1;
      end += usize(is | is1) * (SECOND + 4);
      element += columnStride;
      element1 += columnStride;
      b += bRowStride;
    }
    row += columnRunStride;
    row1 += columnRunStride;
  }
  return end + usize(4 * nonzeros < 5 * i32((end - list) / (SECOND + 4)));
}

/** Bytes to be divided, which lie in the last quarter of the memory of the quotients. */
@unmanaged
class Division {
  /** The number of bytes, a multiple of four. */
  length: i32;
  out: usize;
  divisor: f32;
}

/**
 * Only what has been read of the bytes is overwritten, as the quotients, of four bytes each, catch up with them
 * at the very end.
 */
export function divide(d: Division): void {
  const divisors = f32x4.splat(d.divisor);
  let to = d.out;
  let from = to + 3 * d.length;
  for (const end = from + d.length; from < end; from += 4) {
    const four = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(from)));
    v128.store(to, f32x4.div(f32x4.convert_i32x4_u(four), divisors));
    to += VECTOR;
  }
}

/** Rows of a table, by their numbers, which are float32. */
@unmanaged
class Rows {
  table: usize;
  /** The number of rows of the table. */
  length: i32;
  /** Bytes of a row. */
  width: i32;
  numbers: usize;
  /** The number of numbers. */
  count: i32;
  out: usize;
}

/** Copies rows of a table; NaN if there is no such row. */
export function gather(r: Rows): void {
  for (let i = 0; i < r.count; i++) {
    const row = i32(load<f32>(r.numbers + 4 * i));
    const to = r.out + i * r.width;
    if (u32(row) < u32(r.length)) memory.copy(to, r.table + row * r.width, r.width);
    else memory.fill(to, 0xff, r.width);
  }
}

/** Adds each row of `out` to that of the table which has its number, if there is one. */
export function scatter(r: Rows): void {
  for (let i = 0; i < r.count; i++) {
    const row = i32(load<f32>(r.numbers + 4 * i));
    if (u32(row) >= u32(r.length)) continue;
    const from = r.out + i * r.width;
    const to = r.table + row * r.width;
    let k = 0;
    for (; k + 16 <= r.width; k += 16) {
      v128.store(to + k, f32x4.add(v128.load(to + k), v128.load(from + k)));
    }
    for (; k < r.width; k += 4) store<f32>(to + k, load<f32>(to + k) + load<f32>(from + k));
  }
}

/** Numbers to be drawn, and four states of Marsaglia's xorshift, none of which is 0. */
@unmanaged
class Draw {
  length: usize;
  out: usize;
  state: usize;
}

/** Draws uniform numbers in [0, 1), of 23 bits. */
export function draw(d: Draw): void {
  let s = v128.load(d.state);
  for (let i: usize = 0; i < d.length; i += VECTOR) {
    s = v128.xor(s, i32x4.shl(s, 13));
    s = v128.xor(s, i32x4.shr_u(s, 17));
    s = v128.xor(s, i32x4.shl(s, 5));
    // The upper bits as those of a number in [1, 2).
    const bits = v128.or(i32x4.shr_u(s, 9), i32x4.splat(0x3f800000));
    v128.store(d.out + i, f32x4.sub(bits, f32x4.splat(1)));
  }
  v128.store(d.state, s);
}
