/** Makes modules of WebAssembly of the steps of programs, which share a memory. */
import { at } from '../../array';
import { type Code, I32, type Import, moduleOf, type WasmFunction, wasm } from './assembler';
import { emitLoop, type IndexOf } from './emit';
import { emitProduct, LIST_TYPE, LISTS } from './emit-product';
import { fuse, readsOf, writesOf } from './fuse';
import { type Access, type Call, isLoop, type Step, type Value } from './ir';
import { bytesOf, compile, FLOAT, type Memory } from './memory';

const KERNELS = ['gather', 'scatter', 'draw'] as const;

/** Returns a function that runs each of these programs. What is fixed has one place for all. */
export function loadPrograms(
  memory: Memory,
  programs: readonly (readonly Step[])[],
): (() => void)[] {
  const fused = programs.map(fuse);
  const values = new Set(fused.flat().flatMap(step => [...readsOf(step), ...writesOf(step)]));
  for (const value of values) if (value.isFixed) memory.place(value);
  const structs = new Map<Call, number>();
  for (const step of fused.flat()) {
    if (!isLoop(step) && !step.product)
      structs.set(step, memory.take(Math.ceil(step.words.length / 4) * 16));
  }
  // What is not fixed is of no use behind a run.
  const base = memory.take(0);
  memory.take(Math.max(0, ...fused.map(steps => plan(steps, base))));
  for (const [{ words }, address] of structs) {
    const placed = words.map(word => (typeof word === 'number' ? word : addressOf(word)));
    memory.words(address, words.length).set(placed);
  }
  return fused.map(steps => memory.load(assemble(steps, structs, memory.isFused)));
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

/** What a step calls: the address of a kernel's struct, or those that a function of its own takes. */
interface Prepared {
  /** The same text for the same function; that of a kernel is its name. */
  readonly key: string;
  readonly addresses: readonly number[];
  readonly write?: (indexOf: IndexOf) => WasmFunction;
}

/** Modules of the last trainings, by what they call: a model is often trained again. */
const modules = new Map<string, object>();
const MOST_MODULES = 8;

/** Returns a module whose `run` takes the steps. */
function assemble(
  steps: readonly Step[],
  structs: ReadonlyMap<Call, number>,
  isFused: boolean,
): object {
  const prepared = steps.map((step): Prepared => {
    if (isLoop(step)) {
      const { key, accesses, write } = emitLoop(step);
      return { key, write, addresses: accesses.map(addressOf) };
    }
    const { product, words, kernel } = step;
    if (!product) return { key: kernel, addresses: [structs.get(step) ?? 0] };
    return {
      key: JSON.stringify(product),
      addresses: (words as Access[]).map(addressOf),
      write: indexOf =>
        emitProduct(
          product,
          LISTS.map(name => indexOf(name)),
          isFused,
        ),
    };
  });
  const text = String(
    prepared.flatMap(({ key, addresses }) => [key, ...addresses]).concat(`${isFused}`),
  );
  const known = modules.get(text) ?? compile(write(prepared));
  modules.delete(text);
  modules.set(text, known);
  for (const oldest of modules.keys()) if (modules.size > MOST_MODULES) modules.delete(oldest);
  return known;
}

function write(prepared: readonly Prepared[]): Uint8Array {
  const imports: Import[] = [
    ...KERNELS.map(name => ({ module: 'kernels', name, type: { takes: [I32], returns: [] } })),
    ...LISTS.map(name => ({ module: 'kernels', name, type: LIST_TYPE })),
  ];
  const indexOf: IndexOf = (name, type) => {
    const index = imports.findIndex(each => each.name === name);
    // Of `Math`, what is used.
    return index < 0 && type ? imports.push({ module: 'math', name, type }) - 1 : index;
  };
  const functions: WasmFunction[] = [];
  const indices = new Map<string, number>();
  for (const { key, write } of prepared) {
    if (write && !indices.has(key)) indices.set(key, functions.push(write(indexOf)) - 1);
  }
  const code = prepared.flatMap(({ key, addresses }): Code => {
    const index = indices.get(key);
    const called = index === undefined ? indexOf(key) : imports.length + index;
    return [...addresses.flatMap(wasm.i32), ...wasm.call(called)];
  });
  return moduleOf(imports, [...functions, { type: { takes: [], returns: [] }, locals: [], code }]);
}
