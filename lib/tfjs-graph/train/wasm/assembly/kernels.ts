/**
 * What a training step computes four numbers at a time, written in AssemblyScript;
 * `scripts/compile-kernels.ts` compiles it into `binary.ts`.
 *
 * Each function takes the address of a struct, which `memory.ts` writes. Addresses, strides, widths and
 * lengths are in bytes, and rows end at whole vectors.
 */

const VECTOR: usize = 16;
const BLOCK: usize = 4 * VECTOR;

/** `out = initial + a b`. The rows and the columns of `a` are runs of runs, see `View` in `memory.ts`. */
@unmanaged
class Product {
  a: usize;
  rows: i32;
  rowStride: i32;
  rowRuns: i32;
  rowRunStride: i32;
  columns: i32;
  columnStride: i32;
  columnRuns: i32;
  columnRunStride: i32;
  b: usize;
  bRowStride: i32;
  initial: usize;
  /** 0 if one row serves all. */
  initialRowStride: i32;
  out: usize;
  outRowStride: i32;
  width: usize;
  /** Memory for an entry for each column of `a`. */
  list: usize;
}

/** An address, then a factor. */
const ENTRY: usize = 8;
const FACTOR: usize = 4;

/**
 * A row of a product is the sum of the rows of `b`, each times a number of the row of `a`. Many of these are
 * 0, such as the paper around a digit and the units that relu silences. So each row first lists its nonzero
 * numbers, and the sums go along the list.
 */
export function multiply(p: Product): void {
  const list = p.list;
  const width = p.width;
  let initial = p.initial;
  let out = p.out;
  for (let run = 0; run < p.rowRuns; run++) {
    let row = p.a + run * p.rowRunStride;
    for (let i = p.rows; i !== 0; i--) {
      const end = listRow(p, row);
      let column: usize = 0;
      for (; column + BLOCK <= width; column += BLOCK) {
        // With six vectors and more at once, the lesson takes half as long again.
        let address = initial + column;
        let s0 = v128.load(address);
        let s1 = v128.load(address, VECTOR);
        let s2 = v128.load(address, 2 * VECTOR);
        let s3 = v128.load(address, 3 * VECTOR);
        for (let entry = list; entry < end; entry += ENTRY) {
          const factor = v128.load_splat<f32>(entry, FACTOR);
          address = load<usize>(entry) + column;
          s0 = addProduct(s0, factor, v128.load(address));
          s1 = addProduct(s1, factor, v128.load(address, VECTOR));
          s2 = addProduct(s2, factor, v128.load(address, 2 * VECTOR));
          s3 = addProduct(s3, factor, v128.load(address, 3 * VECTOR));
        }
        address = out + column;
        v128.store(address, s0);
        v128.store(address, s1, VECTOR);
        v128.store(address, s2, 2 * VECTOR);
        v128.store(address, s3, 3 * VECTOR);
      }
      for (; column < width; column += VECTOR) {
        let sum = v128.load(initial + column);
        for (let entry = list; entry < end; entry += ENTRY) {
          const factor = v128.load_splat<f32>(entry, FACTOR);
          sum = addProduct(sum, factor, v128.load(load<usize>(entry) + column));
        }
        v128.store(out + column, sum);
      }
      row += p.rowStride;
      initial += p.initialRowStride;
      out += p.outRowStride;
    }
  }
}

/** Returns `sum + a b`, in one instruction where the engine has it. */
function addProduct(sum: v128, a: v128, b: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, sum);
  return f32x4.add(sum, f32x4.mul(a, b));
}

function listRow(p: Product, row: usize): usize {
  const columnStride = p.columnStride;
  const bRowStride = p.bRowStride;
  let end = p.list;
  let b = p.b;
  for (let run = p.columnRuns; run !== 0; run--) {
    let element = row;
    for (let i = p.columns; i !== 0; i--) {
      const factor = load<f32>(element);
      store<usize>(end, b);
      store<f32>(end, factor, FACTOR);
      // Without a jump: what follows a zero takes its place.
      end += usize(factor !== 0) * ENTRY;
      element += columnStride;
      b += bRowStride;
    }
    row += p.columnRunStride;
  }
  return end;
}

/** Bytes in the rows of a matrix, to be divided: the quotients begin where the rows do. */
@unmanaged
class Division {
  rows: i32;
  /** Bytes of a row, a multiple of four. */
  length: i32;
  /** From the beginning of a row to its bytes. */
  offset: i32;
  out: usize;
  outRowStride: i32;
  divisor: f32;
}

/**
 * The bytes may lie in the last quarter of what the row becomes: only what has been read of them is
 * overwritten, as the quotients, of four bytes each, catch up with them at the very end.
 */
export function divide(d: Division): void {
  const divisors = f32x4.splat(d.divisor);
  let out = d.out;
  for (let row = d.rows; row !== 0; row--) {
    let to = out;
    let from = out + d.offset;
    for (const end = from + d.length; from < end; from += 4) {
      const four = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(from)));
      v128.store(to, f32x4.div(f32x4.convert_i32x4_u(four), divisors));
      to += VECTOR;
    }
    out += d.outRowStride;
  }
}

/** Arrays of one length, and the numbers of an optimizer's step in the order of TensorFlow's op. */
@unmanaged
class Arrays {
  length: usize;
  /** Weights, or what is changed. */
  w: usize;
  /** Their gradient, or what else is read. */
  g: usize;
  slot0: usize;
  slot1: usize;
  scalar0: f32;
  scalar1: f32;
  scalar2: f32;
  scalar3: f32;
}

/** Replaces negative numbers by 0. */
export function relu(x: Arrays): void {
  const zero = f32x4.splat(0);
  for (let i: usize = 0; i < x.length; i += VECTOR) {
    v128.store(x.w + i, f32x4.max(v128.load(x.w + i), zero));
  }
}

/** Replaces a gradient by 0 where relu's output is 0. */
export function reluSlope(x: Arrays): void {
  const zero = f32x4.splat(0);
  for (let i: usize = 0; i < x.length; i += VECTOR) {
    v128.store(x.w + i, v128.and(v128.load(x.w + i), f32x4.gt(v128.load(x.g + i), zero)));
  }
}

/** `w -= rate g`. */
export function descend(x: Arrays): void {
  const rate = f32x4.splat(x.scalar0);
  for (let i: usize = 0; i < x.length; i += VECTOR)
    subtract(x.w + i, f32x4.mul(rate, v128.load(x.g + i)));
}

/** `m = share m + g`, `w -= rate m`. */
export function momentum(x: Arrays): void {
  const rate = f32x4.splat(x.scalar0);
  const share = f32x4.splat(x.scalar1);
  for (let i: usize = 0; i < x.length; i += VECTOR) {
    const m = flush(f32x4.add(f32x4.mul(share, v128.load(x.slot0 + i)), v128.load(x.g + i)));
    v128.store(x.slot0 + i, m);
    subtract(x.w + i, f32x4.mul(rate, m));
  }
}

/** The same with Nesterov's look ahead: `w -= rate (g + share m)`. */
export function nesterov(x: Arrays): void {
  const rate = f32x4.splat(x.scalar0);
  const share = f32x4.splat(x.scalar1);
  for (let i: usize = 0; i < x.length; i += VECTOR) {
    const g = v128.load(x.g + i);
    const m = flush(f32x4.add(f32x4.mul(share, v128.load(x.slot0 + i)), g));
    v128.store(x.slot0 + i, m);
    subtract(x.w + i, f32x4.mul(rate, f32x4.add(g, f32x4.mul(share, m))));
  }
}

/** `s += (1 - decay) (g² - s)`, `m = share m + rate g / sqrt(s + epsilon)`, `w -= m`. */
export function rmsprop(x: Arrays): void {
  const rate = f32x4.splat(x.scalar0);
  const rest = f32x4.splat(1 - x.scalar1);
  const share = f32x4.splat(x.scalar2);
  const epsilon = f32x4.splat(x.scalar3);
  for (let i: usize = 0; i < x.length; i += VECTOR) {
    const g = v128.load(x.g + i);
    const s = moved(x.slot0 + i, f32x4.mul(g, g), rest);
    const step = f32x4.div(f32x4.mul(rate, g), f32x4.sqrt(f32x4.add(s, epsilon)));
    const m = flush(f32x4.add(f32x4.mul(share, v128.load(x.slot1 + i)), step));
    v128.store(x.slot1 + i, m);
    subtract(x.w + i, m);
  }
}

/** `s += g²`, `w -= rate g / sqrt(s + epsilon)`. */
export function adagrad(x: Arrays): void {
  const rate = f32x4.splat(x.scalar0);
  // TensorFlow.js's.
  const epsilon = f32x4.splat(1e-7);
  for (let i: usize = 0; i < x.length; i += VECTOR) {
    const g = v128.load(x.g + i);
    const s = f32x4.add(v128.load(x.slot0 + i), f32x4.mul(g, g));
    v128.store(x.slot0 + i, s);
    subtract(x.w + i, f32x4.div(f32x4.mul(rate, g), f32x4.sqrt(f32x4.add(s, epsilon))));
  }
}

/** Adam, whose bias correction is in the rate: `w -= rate m / (sqrt(v) + epsilon)`. */
export function adam(x: Arrays): void {
  const rate = f32x4.splat(x.scalar0);
  const rest1 = f32x4.splat(1 - x.scalar1);
  const rest2 = f32x4.splat(1 - x.scalar2);
  const epsilon = f32x4.splat(x.scalar3);
  for (let i: usize = 0; i < x.length; i += VECTOR) {
    const g = v128.load(x.g + i);
    const m = moved(x.slot0 + i, g, rest1);
    const v = moved(x.slot1 + i, f32x4.mul(g, g), rest2);
    subtract(x.w + i, f32x4.div(f32x4.mul(rate, m), f32x4.add(f32x4.sqrt(v), epsilon)));
  }
}

/**
 * Replaces subnormal numbers by 0, as TensorFlow does. The means of weights without a gradient decay to them,
 * and a processor takes a hundred times as long for each: a fifth of the lesson's epoch.
 */
function flush(value: v128): v128 {
  return v128.and(value, f32x4.ge(f32x4.abs(value), f32x4.splat(f32.MIN_NORMAL_VALUE)));
}

/** Moves a mean by a share of the way to a value, and returns it. */
function moved(address: usize, value: v128, share: v128): v128 {
  const mean = v128.load(address);
  const next = flush(f32x4.add(mean, f32x4.mul(f32x4.sub(value, mean), share)));
  v128.store(address, next);
  return next;
}

function subtract(address: usize, value: v128): void {
  v128.store(address, f32x4.sub(v128.load(address), value));
}
