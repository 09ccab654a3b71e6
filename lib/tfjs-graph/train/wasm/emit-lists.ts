/** Lists the numbers of a matrix that are not 0, as functions of WebAssembly. */
import { type Code, I32, type WasmFunction, wasm } from './assembler';
import type { Listing } from './ir';

const FLOAT = 4;
/** Bytes that are looked at together. */
const WORD = 8;

const { local: get, set, add, i32 } = wasm;

/**
 * Writes an entry, a column and the bits of its numbers, and moves the end behind it if not all numbers are 0.
 *
 * @param end a local, the end of the list.
 * @param bits the instructions for each number, and a local to keep it in.
 */
export const append = (end: number, column: number, bits: readonly (readonly [Code, number])[]) => [
  ...[...get(end), ...get(column), ...wasm.i32StoreAt(0)],
  ...bits.flatMap(([code, own], i) => [
    ...[...get(end), ...code, ...wasm.tee(own), ...wasm.i32StoreAt(FLOAT * (1 + i))],
  ]),
  // Without a jump: what follows a zero, or its negative, takes its place.
  ...[...bits.flatMap(([, own]) => get(own)), ...bits.slice(1).flatMap(() => wasm.i32Or)],
  ...[...i32(1), ...wasm.i32Shift, ...i32(0), ...wasm.i32Differs],
  ...[...i32(FLOAT * (1 + bits.length)), ...wasm.i32Mul, ...get(end), ...add, ...set(end)],
];

/**
 * Writes the function that lists bytes; its parameters are the addresses of the bytes, of the numbers that
 * they stand for, of the entries and of the lengths of the lists.
 */
export function emitLists({ rows, columns }: Listing): WasmFunction {
  const [bytes, numbers, entries, lengths] = [0, 1, 2, 3];
  const [end, column, row, word, byte, bits] = [4, 5, 6, 7, 8, 9];
  const number = [
    ...[...get(bytes), ...wasm.loadByte, ...i32(2), ...wasm.i32Shift],
    ...[...get(numbers), ...add, ...wasm.i32Load],
  ];
  const one = [...append(end, column, [[number, bits]]), ...wasm.move(bytes, 1)];
  const listed = [...one, ...wasm.move(column, 1)];
  const code = wasm.repeat(rows, row, [
    ...[...get(entries), ...set(end), ...i32(0), ...set(column)],
    ...wasm.repeat(Math.floor(columns / WORD), word, [
      ...[...get(bytes), ...wasm.isWordZero],
      ...wasm.ifElse(
        [...wasm.move(bytes, WORD), ...wasm.move(column, WORD)],
        wasm.repeat(WORD, byte, listed),
      ),
    ]),
    ...wasm.repeat(columns % WORD, byte, listed),
    ...[...get(lengths), ...get(end), ...get(entries), ...wasm.i32Sub, ...wasm.i32StoreAt(0)],
    ...[...get(end), ...set(entries), ...wasm.move(lengths, FLOAT)],
  ]);
  const locals = Array<number>(6).fill(I32);
  return { type: { takes: Array<number>(4).fill(I32), returns: [] }, locals, code };
}
