/** Writes products of matrices as functions of WebAssembly. */
import { type Code, FLOAT, I32, V128, type WasmFunction, wasm } from './assembler';
import type { Product } from './ir';

const VECTOR = 16;
/** Bytes that are looked at together. */
const WORD = 8;

/** Vectors that are summed up at once: with more, the registers run out. */
const BLOCK = 4;

/** If `b` has at most so many vectors a row, a list costs more than it saves. */
const NARROW = 4;
/** If it has at least so many, a list pays even if hardly any number is 0. */
const WIDE = 17;

/**
 * Writes the function of a product; its parameters are the addresses of what it reads, then of `out`.
 *
 * A row of a product is the sum of the rows of `b`, each times a number of the row of `a`. Many of these are
 * 0, such as the paper around a digit and the units that relu silences. So each row has a list of its nonzero
 * numbers, and the sums go along the list. Two rows share a list, and what is loaded of `b`; not samples of
 * bytes, of which words of zeros are left out. If `b` is neither wide nor narrow, rows have lists until one is
 * found with fewer zeros than other numbers.
 *
 * @param isFused whether the engine multiplies and adds in one instruction.
 */
export function emitProduct(product: Product, isFused: boolean): WasmFunction {
  const { isBytes, rows, columns, width, bRow, startRow, batch, next } = product;
  const [a, b, start, list, numbers] = [0, 1, 2, 3, 4];
  const out = isBytes ? 5 : 4;
  const takes = Array<number>(out + 1).fill(I32);
  const locals: number[] = [];
  const local = (type: number) => out + locals.push(type);
  const [row, run, from, to, end, entry, column, base, address, isDense] = Array.from(
    { length: 10 },
    () => local(I32),
  ) as [number, number, number, number, number, number, number, number, number, number];
  const vectors = Array.from({ length: 2 * BLOCK + 3 }, () => local(V128));
  const [loaded, ...factors] = vectors.slice(2 * BLOCK) as [number, number, number];
  const { f32x4, local: get, set, i32, add } = wasm;
  const outRow = width * FLOAT;
  const vectorsOfRow = Math.ceil(width / 4);
  // Of about the same size.
  const blockSize = Math.ceil(vectorsOfRow / Math.ceil(vectorsOfRow / BLOCK));
  const isSample = isBytes && columns[1] === 1;
  const together = rows[0] === 1 || isSample ? 1 : 2;

  const neverLists = !isSample && vectorsOfRow <= NARROW;
  const alwaysLists = isSample || vectorsOfRow >= WIDE;
  /** The address of a number: in the row that many rows on, or of the byte that stands there. */
  const numberAt = (element: number, r: number): Code => [
    ...[...get(element), ...i32(r * rows[1]), ...add],
    ...(isBytes ? [...wasm.loadByte, ...i32(2), ...wasm.i32Shift, ...get(numbers), ...add] : []),
  ];
  const factorsFrom = (count: number, load: (r: number) => Code) =>
    Array.from({ length: count }, (_, r) => [...load(r), ...set(factors[r] as number)]).flat();

  /** Computes so many vectors of so many rows, from `column` on; the last one has so many numbers. */
  const block = (isListed: boolean, count: number, size: number, lanes: number): Code => {
    const sum = (r: number, v: number) => vectors[r * size + v] as number;
    const each = (write: (r: number, v: number) => Code) =>
      Array.from({ length: count * size }, (_, i) =>
        write(i % count, Math.floor(i / count)),
      ).flat();
    const at = (pointer: number) => [...get(pointer), ...get(column), ...add];
    const madd = (factor: number, other: number, sum: number) =>
      isFused
        ? [...get(factor), ...get(other), ...get(sum), ...f32x4.relaxed_madd]
        : [...get(sum), ...get(factor), ...get(other), ...f32x4.mul, ...f32x4.add];
    const put = (place: Code, vector: number, offset: number, v: number): Code =>
      v < size - 1 || lanes === 4
        ? [...place, ...get(vector), ...wasm.storeAt(offset)]
        : Array.from({ length: lanes }, (_, lane) => [
            ...[...place, ...get(vector), ...wasm.storeLaneAt(offset + lane * FLOAT, lane)],
          ]).flat();
    const addRow = (r: number, v: number) => [
      ...(r === 0 ? [...get(address), ...wasm.loadAt(v * VECTOR), ...set(loaded)] : []),
      ...[...madd(factors[r] as number, loaded, sum(r, v)), ...set(sum(r, v))],
    ];
    return [
      ...each((r, v) => [
        ...at(from),
        ...wasm.loadAt(r * startRow + v * VECTOR),
        ...set(sum(r, v)),
      ]),
      ...(isListed
        ? [
            ...[...at(b), ...set(base), ...get(list), ...set(entry)],
            ...wasm.whileLess(entry, end, [
              ...[...get(entry), ...wasm.i32Load, ...get(base), ...add, ...set(address)],
              ...factorsFrom(count, r => [...get(entry), ...wasm.loadSplatAt(FLOAT * (1 + r))]),
              ...[...each(addRow), ...wasm.move(entry, FLOAT * (1 + count))],
            ]),
          ]
        : [
            ...[...at(b), ...set(address), ...get(row), ...set(entry)],
            ...wasm.repeat(columns[2], local(I32), [
              ...wasm.repeat(columns[0], local(I32), [
                ...factorsFrom(count, r => [...numberAt(entry, r), ...wasm.loadSplatAt(0)]),
                ...[...each(addRow), ...wasm.move(entry, columns[1]), ...wasm.move(address, bRow)],
              ]),
              ...wasm.move(entry, columns[3] - columns[0] * columns[1]),
            ]),
          ]),
      ...each((r, v) => put(at(to), sum(r, v), r * outRow + v * VECTOR, v)),
    ];
  };

  /** Lists where so many rows are not all 0: how far on `b` has its row, then the numbers. */
  const listed = (count: number): Code => {
    const [element, place] = [local(I32), local(I32)];
    const own = Array.from({ length: count }, () => local(I32));
    const one = [
      ...[...get(end), ...get(place), ...wasm.i32StoreAt(0)],
      ...own.flatMap((bits, r) => [
        ...[...get(end), ...numberAt(element, r)],
        ...[...wasm.i32Load, ...wasm.tee(bits), ...wasm.i32StoreAt(FLOAT * (1 + r))],
      ]),
      // Without a jump: what follows a zero, or its negative, takes its place.
      ...[...own.flatMap(get), ...own.slice(1).flatMap(() => wasm.i32Or), ...i32(1)],
      ...[...wasm.i32Shift, ...i32(0), ...wasm.i32Differs, ...i32(FLOAT * (1 + count))],
      ...[...wasm.i32Mul, ...get(end), ...add, ...set(end)],
      ...[...wasm.move(element, columns[1]), ...wasm.move(place, bRow)],
    ];
    const [length, , outer, outerStride] = columns;
    const words = isSample ? Math.floor(length / WORD) : 0;
    return [
      ...[...get(list), ...set(end), ...get(row), ...set(element), ...i32(0), ...set(place)],
      ...wasm.repeat(outer, local(I32), [
        ...wasm.repeat(words, local(I32), [
          ...[...get(element), ...wasm.isWordZero],
          ...wasm.ifElse(
            [...wasm.move(element, WORD), ...wasm.move(place, WORD * bRow)],
            wasm.repeat(WORD, local(I32), one),
          ),
        ]),
        ...wasm.repeat(length - words * WORD, local(I32), one),
        ...wasm.move(element, outerStride - length * columns[1]),
      ]),
    ];
  };

  /** Computes so many rows, along their list or number by number. */
  const blocksOf = (isListed: boolean, count: number): Code => {
    const blocks = Math.floor(width / (4 * blockSize));
    const rest = width - blocks * 4 * blockSize;
    return [
      ...[...(isListed ? listed(count) : []), ...i32(0), ...set(column)],
      ...wasm.repeat(blocks, local(I32), [
        ...block(isListed, count, blockSize, 4),
        ...wasm.move(column, blockSize * VECTOR),
      ]),
      ...(rest > 0 ? block(isListed, count, Math.ceil(rest / 4), rest % 4 || 4) : []),
    ];
  };

  /** Computes so many rows as suits what came before them, and goes on to the next ones. */
  const rowsOf = (count: number): Code => {
    const half = (columns[0] * columns[2] * FLOAT * (1 + count)) / 2;
    const isLong = [...get(list), ...i32(half), ...add, ...get(end), ...wasm.i32Below];
    const alongList = [...blocksOf(true, count), ...isLong, ...set(isDense)];
    return [
      ...(alwaysLists || neverLists
        ? blocksOf(alwaysLists, count)
        : [...get(isDense), ...wasm.ifElse(blocksOf(false, count), alongList)]),
      ...[...wasm.move(row, count * rows[1]), ...wasm.move(to, count * outRow)],
      ...wasm.move(from, count * startRow),
    ];
  };
  const code = wasm.repeat(batch, local(I32), [
    ...[...get(a), ...set(run), ...get(start), ...set(from)],
    ...[...get(out), ...set(to)],
    ...wasm.repeat(rows[2], local(I32), [
      ...[...get(run), ...set(row), ...i32(0), ...set(isDense)],
      ...wasm.repeat(Math.floor(rows[0] / together), local(I32), rowsOf(together)),
      ...wasm.repeat(rows[0] % together, local(I32), rowsOf(1)),
      ...wasm.move(run, rows[3]),
    ]),
    ...[...wasm.move(a, next.a), ...wasm.move(b, next.b), ...wasm.move(out, next.out)],
  ]);
  return { type: { takes, returns: [] }, locals, code };
}
