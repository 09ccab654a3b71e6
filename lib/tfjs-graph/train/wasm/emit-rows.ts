/** Writes copies of rows of a table, and sums of rows, as functions of WebAssembly. */
import { FLOAT, I32, V128, type WasmFunction, wasm } from './assembler';
import type { Rows } from './ir';

/**
 * Writes a function of rows by their numbers, which are float32. Its parameters are the addresses of a table,
 * the numbers and the rows of which it makes copies, NaN if the table has no such row; or of rows, the numbers
 * and the table to whose rows it adds them, those that there are.
 */
export function emitRows({ adds, length, count, width }: Rows): WasmFunction {
  const [first, numbers, last, row, exists, counter, vectors, factor] = [0, 1, 2, 3, 4, 5, 6, 7];
  const { local: get, set, add, i32, f32x4 } = wasm;
  const [table, own] = adds ? [last, first] : [first, last];
  const isWhole = width % 4 === 0;
  const load = isWhole ? wasm.load : wasm.loadSplat;
  const step = isWhole ? 4 * FLOAT : FLOAT;
  const given = [...get(adds ? own : row), ...load, ...get(factor), ...f32x4.mul];
  const code = wasm.repeat(count, counter, [
    ...[...get(numbers), ...wasm.wholeFloat, ...wasm.tee(row), ...i32(length), ...wasm.i32Below],
    ...[...wasm.tee(exists), ...get(row), ...wasm.i32Mul, ...i32(width * FLOAT), ...wasm.i32Mul],
    ...[...get(table), ...add, ...set(row)],
    ...[...wasm.splat(1), ...wasm.splat(adds ? 0 : NaN), ...get(exists), ...wasm.select],
    ...set(factor),
    ...wasm.repeat((width * FLOAT) / step, vectors, [
      ...[
        ...get(adds ? row : own),
        ...given,
        ...(adds ? [...get(row), ...load, ...f32x4.add] : []),
      ],
      ...[...(isWhole ? wasm.store : wasm.storeLane)],
      ...[...wasm.move(row, step), ...wasm.move(own, step)],
    ]),
    ...wasm.move(numbers, FLOAT),
  ]);
  const locals = [I32, I32, I32, I32, V128];
  return { type: { takes: [I32, I32, I32], returns: [] }, locals, code };
}
