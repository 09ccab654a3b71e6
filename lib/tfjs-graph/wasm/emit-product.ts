/** Emits matrix products as WebAssembly functions. */
import { type Code, FLOAT, I32, V128, type WasmFunction, wasm } from './assembler';
import type { Product } from './ir';

const VECTOR = 16;
/** Bytes tested together for zeros. */
const WORD = 8;

/** Accumulator vectors per row, limited by the number of registers. */
const BLOCK = 4;

/** Maximum of vectors per row of `b` for which lists never pay. */
const NARROW = 4;
/** Minimum of vectors per row of `b` for which lists always pay. */
const WIDE = 17;

/**
 * Emits the function of a product. The parameters are the addresses of the inputs, then of `out`.
 *
 * A row of a product is the sum of the rows of `b`, each multiplied by a number in the row of `a`. Many of these numbers
 * are 0, such as the background of digits and inactive ReLU units, so the function lists the nonzero numbers of each
 * row. Two rows share a list and the loads of `b`, except samples of bytes, where words of zeros are skipped. If `b` is
 * neither wide nor narrow, the function stops using lists after a row with less than 50 % zeros. `isFused` selects fused
 * multiply-add.
 */
export function emitProduct(product: Product, isFused: boolean): WasmFunction {
  const { isBytes, rows, columns, width, bRow, startRow, batch, next } = product;
  const [a, b, start, list, numbers] = [0, 1, 2, 3, 4];
  const out = isBytes ? 5 : 4;
  const takes = Array<number>(out + 1).fill(I32);
  const locals: number[] = [];
  const local = (type: number) => out + locals.push(type);
  const [row, firstRow, from, to, end, entry, column, base, address, isDense] = Array.from(
    { length: 10 },
    () => local(I32),
  ) as [number, number, number, number, number, number, number, number, number, number];
  const vectors = Array.from({ length: 2 * BLOCK + 3 }, () => local(V128));
  const [loaded, ...factors] = vectors.slice(2 * BLOCK) as [number, number, number];
  const { f32x4, local: get, set, i32, add } = wasm;
  const outRow = width * FLOAT;
  const vectorsOfRow = Math.ceil(width / 4);
  // Blocks of similar size.
  const blockSize = Math.ceil(vectorsOfRow / Math.ceil(vectorsOfRow / BLOCK));
  const isSample = isBytes && columns[1] === 1;
  const rowsPerList = rows[0] === 1 || isSample ? 1 : 2;

  const neverLists = !isSample && vectorsOfRow <= NARROW;
  const alwaysLists = isSample || vectorsOfRow >= WIDE;
  /** Computes the address of a number `r` rows below an element, or of a byte's entry in the lookup table. */
  const numberAt = (element: number, r: number): Code => [
    [get(element), i32(r * rows[1]), add],
    isBytes ? [wasm.loadByte, i32(2), wasm.i32Shift, get(numbers), add] : [],
  ];
  const factorsFrom = (count: number, load: (r: number) => Code) =>
    Array.from({ length: count }, (_, r) => [load(r), set(factors[r] as number)]);

  /** Computes `size` vectors of `count` rows, starting at `column`. The last vector has `lanes` numbers. */
  const block = (isListed: boolean, count: number, size: number, lanes: number): Code => {
    const sum = (r: number, v: number) => vectors[r * size + v] as number;
    const forEachVector = (emit: (r: number, v: number) => Code) =>
      Array.from({ length: count * size }, (_, i) => emit(i % count, Math.floor(i / count)));
    const atColumn = (pointer: number) => [get(pointer), get(column), add];
    const madd = (factor: number, other: number, sum: number) =>
      isFused
        ? [get(factor), get(other), get(sum), f32x4.relaxed_madd]
        : [get(sum), get(factor), get(other), f32x4.mul, f32x4.add];
    const put = (target: Code, vector: number, offset: number, v: number): Code =>
      v < size - 1 || lanes === 4
        ? [target, get(vector), wasm.store(offset)]
        : Array.from({ length: lanes }, (_, lane) => [
            [target, get(vector), wasm.storeLane(offset + lane * FLOAT, lane)],
          ]);
    const addRow = (r: number, v: number) => [
      r === 0 ? [get(address), wasm.load(v * VECTOR), set(loaded)] : [],
      [madd(factors[r] as number, loaded, sum(r, v)), set(sum(r, v))],
    ];
    const addListedRows = [
      [atColumn(b), set(base), get(list), set(entry)],
      wasm.whileLess(entry, end, [
        [get(entry), wasm.i32Load, get(base), add, set(address)],
        factorsFrom(count, r => [get(entry), wasm.loadSplat(FLOAT * (1 + r))]),
        [forEachVector(addRow), wasm.move(entry, FLOAT * (1 + count))],
      ]),
    ];
    const addAllRows = () => [
      [atColumn(b), set(address), get(row), set(entry)],
      wasm.repeat(columns[2], local(I32), [
        wasm.repeat(columns[0], local(I32), [
          factorsFrom(count, r => [numberAt(entry, r), wasm.loadSplat()]),
          [forEachVector(addRow), wasm.move(entry, columns[1]), wasm.move(address, bRow)],
        ]),
        wasm.move(entry, columns[3] - columns[0] * columns[1]),
      ]),
    ];
    return [
      forEachVector((r, v) => [
        [atColumn(from), wasm.load(r * startRow + v * VECTOR), set(sum(r, v))],
      ]),
      isListed ? addListedRows : addAllRows(),
      forEachVector((r, v) => put(atColumn(to), sum(r, v), r * outRow + v * VECTOR, v)),
    ];
  };

  /** Lists the elements where `count` rows are not all 0: the offset of the row of `b`, then the numbers. */
  const listNonzeros = (count: number): Code => {
    const [element, offset] = [local(I32), local(I32)];
    const numberLocals = Array.from({ length: count }, () => local(I32));
    const addEntry = [
      [get(end), get(offset), wasm.i32StoreAt(0)],
      numberLocals.map((bits, r) => [
        [get(end), numberAt(element, r), wasm.i32Load, wasm.tee(bits)],
        wasm.i32StoreAt(FLOAT * (1 + r)),
      ]),
      // Without a branch: the next entry overwrites zeros, including -0.
      [numberLocals.map(get), numberLocals.slice(1).map(() => wasm.i32Or), i32(1), wasm.i32Shift],
      [i32(0), wasm.i32Differs, i32(FLOAT * (1 + count)), wasm.i32Mul, get(end), add, set(end)],
      [wasm.move(element, columns[1]), wasm.move(offset, bRow)],
    ];
    const [length, , outer, outerStride] = columns;
    const words = isSample ? Math.floor(length / WORD) : 0;
    return [
      [get(list), set(end), get(row), set(element), i32(0), set(offset)],
      wasm.repeat(outer, local(I32), [
        wasm.repeat(words, local(I32), [
          [get(element), wasm.isWordZero],
          wasm.ifElse(
            [wasm.move(element, WORD), wasm.move(offset, WORD * bRow)],
            wasm.repeat(WORD, local(I32), addEntry),
          ),
        ]),
        wasm.repeat(length - words * WORD, local(I32), addEntry),
        wasm.move(element, outerStride - length * columns[1]),
      ]),
    ];
  };

  /** Computes `count` rows, with a list or densely. */
  const blocksOf = (isListed: boolean, count: number): Code => {
    const blocks = Math.floor(width / (4 * blockSize));
    const rest = width - blocks * 4 * blockSize;
    return [
      [isListed ? listNonzeros(count) : [], i32(0), set(column)],
      wasm.repeat(blocks, local(I32), [
        block(isListed, count, blockSize, 4),
        wasm.move(column, blockSize * VECTOR),
      ]),
      rest > 0 ? block(isListed, count, Math.ceil(rest / 4), rest % 4 || 4) : [],
    ];
  };

  /** Computes `count` rows, with a list unless a previous row was dense, and moves to the next rows. */
  const rowsOf = (count: number): Code => {
    const half = (columns[0] * columns[2] * FLOAT * (1 + count)) / 2;
    const isLong = [get(list), i32(half), add, get(end), wasm.i32Below];
    const alongList = () => [blocksOf(true, count), isLong, set(isDense)];
    return [
      alwaysLists || neverLists
        ? blocksOf(alwaysLists, count)
        : [get(isDense), wasm.ifElse(blocksOf(false, count), alongList())],
      [wasm.move(row, count * rows[1]), wasm.move(to, count * outRow)],
      wasm.move(from, count * startRow),
    ];
  };
  const code = wasm.repeat(batch, local(I32), [
    [get(a), set(firstRow), get(start), set(from), get(out), set(to)],
    wasm.repeat(rows[2], local(I32), [
      [get(firstRow), set(row), i32(0), set(isDense)],
      wasm.repeat(Math.floor(rows[0] / rowsPerList), local(I32), rowsOf(rowsPerList)),
      wasm.repeat(rows[0] % rowsPerList, local(I32), rowsOf(1)),
      wasm.move(firstRow, rows[3]),
    ]),
    [wasm.move(a, next.a), wasm.move(b, next.b), wasm.move(out, next.out)],
  ]);
  return { takes, locals, code };
}
