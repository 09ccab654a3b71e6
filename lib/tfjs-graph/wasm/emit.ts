/** Emits loops as WebAssembly functions: vectors of four numbers, then the remaining numbers. */
import { at } from '../array';
import { type Code, FLOAT, I32, V128, type WasmFunction, wasm } from './assembler';
import type { Access, Expression } from './expression';
import { accessesOf, IDENTITY, loadsOf } from './fuse';
import type { Combination, Loop, Store } from './ir';

const { f32x4 } = wasm;
const LANES = 4;
const ONE = wasm.splat(1);

const asNumber = (mask: Code) => [mask, ONE, f32x4.and];

/** Instructions to append to the operands' instructions. */
const OPERATIONS: Readonly<Record<string, Code>> = {
  ...f32x4,
  ...wasm.i32x4,
  less: asNumber(f32x4.lt),
  lessEqual: asNumber(f32x4.le),
  greater: asNumber(f32x4.gt),
  greaterEqual: asNumber(f32x4.ge),
  equal: asNumber(f32x4.eq),
  notEqual: asNumber(f32x4.ne),
};

export interface StepFunction {
  /** Equal for steps that differ only in addresses. */
  readonly key: string;
  /** Initial locations of the function's parameters, which are addresses. */
  readonly accesses: readonly Access[];
  readonly write: () => WasmFunction;
}

export function emitLoop(loop: Loop): StepFunction {
  const pointers: Pointers = new Map();
  const numbers = new Map<Expression, number>();
  const pointer = (access: Access) => {
    const key = keyOf(access);
    const entry = pointers.get(key) ?? { access, index: pointers.size };
    pointers.set(key, entry);
    return `${entry.index}:${access.strides}`;
  };
  const text = (expression: Expression): string => {
    const existing = numbers.get(expression);
    if (existing !== undefined) return `#${existing}`;
    numbers.set(expression, numbers.size);
    const { op, operands, access, number } = expression;
    return access ? pointer(access) : `${op}${number ?? ''}(${operands.map(text)})`;
  };
  const stores = loop.stores.map(
    ({ expression, by = '', access }) => `${text(expression)}>${by}${pointer(access)}`,
  );
  return {
    key: `${loop.dims}|${stores.join(';')}`,
    accesses: [...pointers.values()].map(({ access }) => access),
    write: () => new LoopWriter(loop, pointers).write(),
  };
}

type Pointers = Map<string, { readonly access: Access; readonly index: number }>;

class LoopWriter {
  private readonly uses = new Map<Expression, number>();
  private readonly locals: number[] = [];
  private readonly dims: readonly number[];
  private readonly sums = new Map<Store, number>();
  private readonly invariants = new Map<unknown, number>();
  /** Locals of values computed in the current iteration. */
  private computed = new Map<unknown, number>();

  constructor(
    private readonly loop: Loop,
    private readonly pointers: Pointers,
  ) {
    this.dims = loop.dims.length > 0 ? loop.dims : [1];
    const count = (expression: Expression) => {
      const previous = this.uses.get(expression) ?? 0;
      this.uses.set(expression, previous + 1);
      if (previous === 0) expression.operands.forEach(count);
    };
    for (const { expression } of loop.stores) count(expression);
  }

  write(): WasmFunction {
    const code = this.nest(0);
    return { takes: Array<number>(this.pointers.size).fill(I32), locals: this.locals, code };
  }

  private local(type: number): number {
    return this.pointers.size + this.locals.push(type) - 1;
  }

  private pointer(access: Access): number {
    return this.pointers.get(keyOf(access))?.index ?? -1;
  }

  /** Moves each pointer by a number of floats. */
  private move(by: (access: Access) => number): Code {
    return Array.from(this.pointers.values(), ({ access, index }) =>
      wasm.move(index, by(access) * FLOAT),
    );
  }

  private nest(axis: number): Code {
    const { dims } = this;
    if (axis === dims.length - 1) return this.innermost();
    const body = this.nest(axis + 1);
    const moves = this.move(
      ({ strides }) => at(strides, axis) - at(strides, axis + 1) * at(dims, axis + 1),
    );
    return wasm.repeat(at(dims, axis), this.local(I32), [body, moves]);
  }

  private innermost(): Code {
    const { loop } = this;
    const length = this.dims.at(-1) ?? 1;
    const outputs = new Set(loop.stores.map(({ access }) => access.value));
    const strideOf = ({ strides }: Access) => strides.at(-1) ?? 0;
    const isVectorized =
      length >= LANES &&
      accessesOf(loop).every(access => [0, 1].includes(strideOf(access))) &&
      loop.stores.every(({ access, by }) => strideOf(access) === 1 || by);
    const [vectors, rest] = isVectorized
      ? [Math.floor(length / LANES), length % LANES]
      : [0, length];
    const summed = loop.stores.filter(({ access, by }) => by && strideOf(access) === 0);
    const start: Code[] = summed.map(store => {
      const sum = this.local(V128);
      this.sums.set(store, sum);
      return [wasm.splat(IDENTITY[store.by as Combination]), wasm.set(sum)];
    });
    // Load invariants before the loop, including constants, which engines would create in each iteration.
    const addInvariant = (key: unknown, value: Code) => {
      if (this.invariants.has(key)) return;
      const local = this.local(V128);
      this.invariants.set(key, local);
      start.push(value, wasm.set(local));
    };
    for (const { access } of loadsOf(loop))
      if (strideOf(access) === 0 && !outputs.has(access.value))
        addInvariant(keyOf(access), [wasm.local(this.pointer(access)), wasm.loadSplat()]);
    for (const { op, number = 0 } of this.uses.keys())
      if (op === 'constant') addInvariant(number, wasm.splat(number));
    const part = (times: number, lanes: number) => {
      if (times === 0) return [];
      const body = [this.body(lanes), this.move(access => strideOf(access) * lanes)];
      return wasm.repeat(times, this.local(I32), body);
    };
    const loops = [part(vectors, LANES), part(rest, 1)];
    return [start, loops, summed.map(store => this.finish(store))];
  }

  /** Combines the numbers of an accumulator with the stored number. */
  private finish(store: Store): Code {
    const { access, by = 'add' } = store;
    const index = this.sums.get(store) ?? -1;
    const [pointer, sum] = [wasm.local(this.pointer(access)), wasm.local(index)];
    const half = (lanes: readonly number[]) => [
      [sum, sum, sum, wasm.shuffle(lanes), f32x4[by], wasm.set(index)],
    ];
    return [
      [half([2, 3, 2, 3]), half([1, 1, 1, 1])],
      [pointer, sum, pointer, wasm.loadSplat(), f32x4[by], wasm.storeLane()],
    ];
  }

  private body(lanes: number): Code {
    this.computed = new Map(this.invariants);
    // Load overwritten numbers first, for other stores.
    const outputs = new Set(this.loop.stores.map(({ access }) => keyOf(access)));
    const overwritten = loadsOf(this.loop).filter(({ access }) => outputs.has(keyOf(access)));
    const loads = overwritten.map(load => [this.evaluate(load, lanes), wasm.set(this.local(V128))]);
    const stores = this.loop.stores.map((store): Code => {
      const { access, expression, by } = store;
      const pointer = wasm.local(this.pointer(access));
      const sum = this.sums.get(store);
      const [load, put] =
        lanes === 1 ? [wasm.loadSplat(), wasm.storeLane()] : [wasm.load(), wasm.store()];
      const value = this.evaluate(expression, lanes);
      if (!by) return [pointer, value, put];
      if (sum === undefined) return [pointer, value, pointer, load, f32x4[by], put];
      const identity = [wasm.splat(IDENTITY[by]), wasm.firstLane, wasm.bitselect];
      return [wasm.local(sum), value, lanes === 1 ? identity : [], f32x4[by], wasm.set(sum)];
    });
    return [loads, stores];
  }

  private evaluate(expression: Expression, lanes: number): Code {
    const { op, operands, access, number = 0 } = expression;
    const key = access ? keyOf(access) : op === 'constant' ? number : expression;
    const existing = this.computed.get(key);
    if (existing !== undefined) return wasm.local(existing);
    const code = access ? this.load(access, lanes) : this.operate(op, operands, lanes);
    if (!access && this.uses.get(expression) === 1) return code;
    const local = this.local(V128);
    this.computed.set(key, local);
    return [code, wasm.tee(local)];
  }

  private load(access: Access, lanes: number): Code {
    const isOne = lanes === 1 || access.strides.at(-1) === 0 || this.loop.dims.length === 0;
    return [wasm.local(this.pointer(access)), isOne ? wasm.loadSplat() : wasm.load()];
  }

  private operate(op: string, expressions: readonly Expression[], lanes: number): Code {
    const operands = expressions.map(expression => this.evaluate(expression, lanes));
    if (op !== 'select') return [operands, OPERATIONS[op] as Code];
    // Evaluate the condition first: the branches may reuse its locals.
    const [condition = [], ...branches] = operands;
    const mask = this.local(V128);
    const masked = [condition, wasm.splat(0), f32x4.ne, wasm.set(mask)];
    return [masked, branches, wasm.local(mask), wasm.bitselect];
  }
}

const ids = new WeakMap<object, number>();
let nextId = 0;

function keyOf({ value, offset, strides }: Access): string {
  const id = ids.get(value) ?? nextId++;
  ids.set(value, id);
  return `${id}:${offset}:${strides}`;
}
