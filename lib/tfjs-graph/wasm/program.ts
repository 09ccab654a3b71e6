/** Compiles programs to WebAssembly modules with a shared memory. */
import { at } from '../array';
import { type Code, FLOAT, moduleOf, type WasmFunction, wasm } from './assembler';
import { emitLoop, type StepFunction } from './emit';
import { emitProduct } from './emit-product';
import { emitRows } from './emit-rows';
import type { Access, Value } from './expression';
import { fuse, readsOf, writesOf } from './fuse';
import { isLoop, type Step } from './ir';
import { bytesOf, type Memory } from './memory';

/** Returns functions that run the programs, which share fixed values. */
export function loadPrograms(
  memory: Memory,
  programs: readonly (readonly Step[])[],
): (() => void)[] {
  const fused = programs.map(fuse);
  const values = new Set(fused.flat().flatMap(step => [...readsOf(step), ...writesOf(step)]));
  for (const value of values) if (value.isFixed) memory.place(value);
  // Temporary values of all programs share memory.
  const base = memory.take(0);
  memory.take(Math.max(0, ...fused.map(steps => plan(steps, base))));
  return fused.map(steps => memory.load(assemble(steps, memory.isFused)));
}

const addressOf = ({ value, offset }: Access) => (value.address ?? 0) + offset * FLOAT;

/** Assigns an address to each temporary value for its lifetime. Returns the total size in bytes. */
function plan(steps: readonly Step[], base: number): number {
  const last = new Map<Value, number>();
  steps.forEach((step, i) => {
    for (const value of [...readsOf(step), ...writesOf(step)]) last.set(value, i);
  });
  let end = base;
  let used: { readonly from: number; readonly to: number; readonly last: number }[] = [];
  const planned = new Set<Value>();
  steps.forEach((step, i) => {
    used = used.filter(range => range.last >= i);
    for (const value of [...readsOf(step), ...writesOf(step)]) {
      if (value.isFixed || planned.has(value)) continue;
      planned.add(value);
      const bytes = bytesOf(value);
      let from = base;
      let index = 0;
      for (; index < used.length; index++) {
        const next = at(used, index);
        if (next.from - from >= bytes) break;
        from = Math.max(from, next.to);
      }
      value.address = from;
      used.splice(index, 0, { from, to: from + bytes, last: last.get(value) ?? i });
      end = Math.max(end, from + bytes);
    }
  });
  return end - base;
}

function assemble(steps: readonly Step[], isFused: boolean): Uint8Array<ArrayBuffer> {
  const functions: WasmFunction[] = [];
  const indices = new Map<string, number>();
  const code = steps.map((step): Code => {
    const { key, accesses, write } = functionOf(step, isFused);
    const index = indices.get(key) ?? functions.push(write()) - 1;
    indices.set(key, index);
    return [accesses.map(access => wasm.i32(addressOf(access))), wasm.call(index)];
  });
  return moduleOf([...functions, { takes: [], locals: [], code }]);
}

function functionOf(step: Step, isFused: boolean): StepFunction {
  if (isLoop(step)) return emitLoop(step);
  const { function: callee, reads, writes } = step;
  const write = () => ('batch' in callee ? emitProduct(callee, isFused) : emitRows(callee));
  return { key: JSON.stringify(callee), accesses: [...reads, writes], write };
}
