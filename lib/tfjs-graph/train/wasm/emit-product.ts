/** Writes products of matrices as functions of WebAssembly. */
import { type Code, I32, V128, type WasmFunction, wasm } from './assembler';
import type { Product } from './ir';

const FLOAT = 4;
const VECTOR = 16;

/** Vectors of a row that are summed up at once: with more, the registers run out. */
const BLOCK = 4;

/**
 * What lists the numbers of a row, or of two, that are not 0: the address of a row of `b`, then its factor in each
 * row. See `assembly/kernels.ts`.
 */
export const LISTS = ['listRow', 'listRows'] as const;
export const LIST_TYPE = { takes: Array<number>(9).fill(I32), returns: [I32] };

/**
 * Writes the function of a product; its parameters are the addresses of `a`, `b`, the start, `out` and the list.
 *
 * A row of a product is the sum of the rows of `b`, each times a number of the row of `a`. Many of these are
 * 0, such as the paper around a digit and the units that relu silences. So each row first lists its nonzero
 * numbers, and the sums go along the list. Two rows share a list, and what is loaded of `b`, unless most of its
 * entries would serve one alone.
 *
 * @param lists the indices of the functions that make the lists.
 * @param isFused whether the engine multiplies and adds in one instruction.
 */
export function emitProduct(
  product: Product,
  lists: readonly number[],
  isFused: boolean,
): WasmFunction {
  const { rows, columns, width, bRow, startRow, batch, next } = product;
  const [a, b, start, out, list] = [0, 1, 2, 3, 4];
  const locals: number[] = [];
  const local = (type: number) => 5 + locals.push(type) - 1;
  const [row, run, from, to, left, end, entry, column, address, isSparse] = Array.from(
    { length: 10 },
    () => local(I32),
  ) as [number, number, number, number, number, number, number, number, number, number];
  const { f32x4, get, set, i32, add } = { ...wasm, get: wasm.local, add: wasm.i32Add };
  const row4 = width * FLOAT;
  const vectors = Array.from({ length: 2 * BLOCK + 3 }, () => local(V128));

  /** Sums up so many vectors of so many rows, from `column` on. */
  const block = (count: number, size: number, lanes: number): Code => {
    const sum = (r: number, v: number) => vectors[r * BLOCK + v] as number;
    const factor = (r: number) => vectors[2 * BLOCK + r] as number;
    const loaded = vectors[2 * BLOCK + 2] as number;
    const each = (write: (r: number, v: number) => Code) =>
      Array.from({ length: count * size }, (_, i) =>
        write(i % count, Math.floor(i / count)),
      ).flat();
    const addProduct = (r: number, v: number) => [
      ...(isFused ? [] : get(sum(r, v))),
      ...[...get(factor(r)), ...get(loaded)],
      ...(isFused ? [...get(sum(r, v)), ...f32x4.relaxed_madd] : [...f32x4.mul, ...f32x4.add]),
      ...set(sum(r, v)),
    ];
    const at = (pointer: number) => [...get(pointer), ...get(column), ...add];
    const store = (r: number, v: number): Code => {
      const place = r * row4 + v * VECTOR;
      const all = v < size - 1 || lanes === 4;
      if (all) return [...at(to), ...get(sum(r, v)), ...wasm.storeAt(place)];
      const put = (lane: number) => [
        ...at(to),
        ...get(sum(r, v)),
        ...wasm.storeLaneAt(place + lane * FLOAT, lane),
      ];
      return Array.from({ length: lanes }, (_, lane) => put(lane)).flat();
    };
    return [
      ...each((r, v) => [
        ...at(from),
        ...wasm.loadAt(r * startRow + v * VECTOR),
        ...set(sum(r, v)),
      ]),
      ...[...get(list), ...set(entry)],
      ...wasm.whileLess(entry, end, [
        ...[...get(entry), ...wasm.i32Load, ...get(column), ...add, ...set(address)],
        ...Array.from({ length: count }, (_, r) => [
          ...[...get(entry), ...wasm.loadSplatAt(FLOAT * (1 + r)), ...set(factor(r))],
        ]).flat(),
        ...each((r, v) => [
          ...(r === 0 ? [...get(address), ...wasm.loadAt(v * VECTOR), ...set(loaded)] : []),
          ...addProduct(r, v),
        ]),
        ...wasm.move(entry, FLOAT * (1 + count)),
      ]),
      ...each(store),
    ];
  };

  /** Computes so many rows along their list. */
  const rowsOf = (count: number): Code => {
    const blocks = Math.floor(width / (4 * BLOCK));
    const rest = width % (4 * BLOCK);
    return [
      ...[...i32(0), ...set(column)],
      ...(blocks > 0
        ? wasm.repeat(blocks, local(I32), [
            ...block(count, BLOCK, 4),
            ...wasm.move(column, BLOCK * VECTOR),
          ])
        : []),
      ...(rest > 0 ? block(count, Math.ceil(rest / 4), rest % 4 || 4) : []),
      ...[...wasm.move(row, count * rows[1]), ...wasm.move(from, count * startRow)],
      ...[...wasm.move(to, count * row4), ...wasm.move(left, -count)],
    ];
  };
  const listed = (count: number): Code => [
    ...[
      ...get(list),
      ...get(row),
      ...get(row),
      ...i32((count - 1) * rows[1]),
      ...add,
      ...get(b),
      ...i32(bRow),
    ],
    ...[...columns.flatMap(i32), ...wasm.call(lists[count - 1] ?? 0), ...set(end)],
  ];
  const code = wasm.repeat(batch, local(I32), [
    ...[...get(a), ...set(run), ...get(start), ...set(from), ...get(out), ...set(to)],
    ...wasm.repeat(rows[2], local(I32), [
      ...[...get(run), ...set(row), ...i32(rows[0]), ...set(left)],
      ...wasm.whileLess(undefined, left, [
        ...[...get(left), ...i32(2), ...wasm.i32Less, ...get(isSparse), ...wasm.i32Or],
        ...wasm.ifElse(
          [...listed(1), ...rowsOf(1)],
          [
            ...listed(2),
            // The lowest bit of the address says that most entries would serve one row alone.
            ...[...get(end), ...i32(1), ...wasm.i32And, ...wasm.tee(isSparse)],
            ...[...get(end), ...wasm.i32Xor, ...set(end), ...rowsOf(2)],
          ],
        ),
      ]),
      ...wasm.move(run, rows[3]),
    ]),
    ...[...wasm.move(a, next.a), ...wasm.move(b, next.b), ...wasm.move(out, next.out)],
  ]);
  return { type: { takes: Array<number>(5).fill(I32), returns: [] }, locals, code };
}
