import { FLOAT, I32, V128, type WasmFunction, wasm } from './assembler';
import type { Rows } from './ir';

/**
 * Emits the gathering or adding of rows as a WebAssembly function. The parameters of gathering are the addresses of
 * table, row numbers (float32) and output, where rows with invalid numbers are NaN; the parameters of adding are the
 * addresses of rows, row numbers and table. Rows with invalid numbers are not added.
 */
export function emitRows({ adds, length, count, width }: Rows): WasmFunction {
  const [first, numbers, last, row, exists, counter, vectors, factor] = [0, 1, 2, 3, 4, 5, 6, 7];
  const { local: get, set, add, i32, f32x4 } = wasm;
  const [table, rows] = adds ? [last, first] : [first, last];
  const isWhole = width % 4 === 0;
  const load = isWhole ? wasm.load() : wasm.loadSplat();
  const step = isWhole ? 4 * FLOAT : FLOAT;
  const product = [get(adds ? rows : row), load, get(factor), f32x4.mul];
  const sum = adds ? [product, get(row), load, f32x4.add] : product;
  const code = wasm.repeat(count, counter, [
    [get(numbers), wasm.wholeFloat, wasm.tee(row), i32(length), wasm.i32Below, wasm.tee(exists)],
    [get(row), wasm.i32Mul, i32(width * FLOAT), wasm.i32Mul, get(table), add, set(row)],
    [wasm.splat(1), wasm.splat(adds ? 0 : NaN), get(exists), wasm.select, set(factor)],
    wasm.repeat((width * FLOAT) / step, vectors, [
      [get(adds ? row : rows), sum, isWhole ? wasm.store() : wasm.storeLane()],
      [wasm.move(row, step), wasm.move(rows, step)],
    ]),
    wasm.move(numbers, FLOAT),
  ]);
  return { takes: [I32, I32, I32], locals: [I32, I32, I32, I32, V128], code };
}
