/** Makes modules of WebAssembly of the steps of programs, which share a memory. */

import { at } from '../../array';
import { type Code, FLOAT, moduleOf, type WasmFunction, wasm } from './assembler';
import { emitLoop } from './emit';
import { emitProduct } from './emit-product';
import { emitRows } from './emit-rows';
import type { Access, Value } from './expression';
import { fuse, readsOf, writesOf } from './fuse';
import { isLoop, type Step } from './ir';
import { bytesOf, type Memory } from './memory';

/** Returns a function that runs each of these programs. What is fixed has one place for all. */
export function loadPrograms(
  memory: Memory,
  programs: readonly (readonly Step[])[],
): (() => void)[] {
  const fused = programs.map(fuse);
  const values = new Set(fused.flat().flatMap(step => [...readsOf(step), ...writesOf(step)]));
  for (const value of values) if (value.isFixed) memory.place(value);
  // What is not fixed is of no use behind a run.
  const base = memory.take(0);
  memory.take(Math.max(0, ...fused.map(steps => plan(steps, base))));
  return fused.map(steps => memory.load(assemble(steps, memory.isFused)));
}

const addressOf = ({ value, offset }: Access) => (value.address ?? 0) + offset * FLOAT;

/** Gives each value a place as long as it is of use. Returns the bytes that this takes. */
function plan(steps: readonly Step[], base: number): number {
  const last = new Map<Value, number>();
  steps.forEach((step, i) => {
    for (const value of [...readsOf(step), ...writesOf(step)]) last.set(value, i);
  });
  let end = base;
  let used: { readonly from: number; readonly to: number; readonly last: number }[] = [];
  const planned = new Set<Value>();
  steps.forEach((step, i) => {
    used = used.filter(each => each.last >= i);
    for (const value of [...readsOf(step), ...writesOf(step)]) {
      if (value.isFixed || planned.has(value)) continue;
      planned.add(value);
      const bytes = bytesOf(value);
      let from = base;
      let place = 0;
      for (; place < used.length; place++) {
        const next = at(used, place);
        if (next.from - from >= bytes) break;
        from = Math.max(from, next.to);
      }
      value.address = from;
      used.splice(place, 0, { from, to: from + bytes, last: last.get(value) ?? i });
      end = Math.max(end, from + bytes);
    }
  });
  return end - base;
}

/** The function that a step calls, and the addresses that it gives it. */
interface Prepared {
  /** The same text for the same function. */
  readonly key: string;
  readonly addresses: readonly number[];
  readonly write: () => WasmFunction;
}

/** Returns a module whose `run` takes the steps. */
function assemble(steps: readonly Step[], isFused: boolean): Uint8Array {
  const prepared = steps.map((step): Prepared => {
    if (isLoop(step)) {
      const { key, accesses, write } = emitLoop(step);
      return { key, write, addresses: accesses.map(addressOf) };
    }
    const { does, reads, writes } = step;
    return {
      key: JSON.stringify(does),
      addresses: [...reads, writes].map(addressOf),
      write: () => ('batch' in does ? emitProduct(does, isFused) : emitRows(does)),
    };
  });
  const functions: WasmFunction[] = [];
  const indices = new Map<string, number>();
  for (const { key, write } of prepared) {
    if (!indices.has(key)) indices.set(key, functions.push(write()) - 1);
  }
  const code = prepared.flatMap(
    ({ key, addresses }): Code => [
      ...[...addresses.flatMap(wasm.i32), ...wasm.call(indices.get(key) ?? 0)],
    ],
  );
  return moduleOf([...functions, { type: { takes: [], returns: [] }, locals: [], code }]);
}
