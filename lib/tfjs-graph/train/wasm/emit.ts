/** Writes the loops of a step as functions of WebAssembly: vectors of four numbers, then what is left over. */
import { at } from '../../array';
import { type Code, FLOAT, I32, V128, type WasmFunction, wasm } from './assembler';
import type { Access, Expression } from './expression';
import { accessesOf, IDENTITY, loadsOf } from './fuse';
import type { Combination, Loop, Store } from './ir';

const { f32x4 } = wasm;
const LANES = 4;
const ONE = wasm.splat(1);

const asNumber = (mask: Code) => [...mask, ...ONE, ...f32x4.and];

/** The instructions behind those of the operands. */
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

/** The function that a step calls. */
export interface StepFunction {
  /** The same text for steps that are the same but for where their numbers are. */
  readonly key: string;
  /** What the parameters of its function, which are addresses, point to at the start. */
  readonly accesses: readonly Access[];
  readonly write: () => WasmFunction;
}

/** Prepares the function of a loop. */
export function emitLoop(loop: Loop): StepFunction {
  const pointers: Pointers = new Map();
  const numbers = new Map<Expression, number>();
  const pointer = (access: Access) => {
    const key = keyOf(access);
    const known = pointers.get(key) ?? { access, index: pointers.size };
    pointers.set(key, known);
    return `${known.index}:${access.strides}`;
  };
  const text = (expression: Expression): string => {
    const known = numbers.get(expression);
    if (known !== undefined) return `#${known}`;
    numbers.set(expression, numbers.size);
    const { op, of, access, number } = expression;
    return access ? pointer(access) : `${op}${number ?? ''}(${of.map(text)})`;
  };
  const stores = loop.stores.map(
    store => `${text(store.of)}>${store.by ?? ''}${pointer(store.access)}`,
  );
  return {
    key: `${loop.dims}|${stores.join(';')}`,
    accesses: [...pointers.values()].map(({ access }) => access),
    write: () => new LoopWriter(loop, pointers).write(),
  };
}

/** By where they begin and how they move. */
type Pointers = Map<string, { readonly access: Access; readonly index: number }>;

class LoopWriter {
  private readonly uses = new Map<Expression, number>();
  private readonly locals: number[] = [];
  private readonly dims: readonly number[];
  private readonly sums = new Map<Store, number>();
  private readonly kept = new Map<unknown, number>();
  private made = new Map<unknown, number>();

  constructor(
    private readonly loop: Loop,
    private readonly pointers: Pointers,
  ) {
    this.dims = loop.dims.length > 0 ? loop.dims : [1];
    const count = (expression: Expression) => {
      const before = this.uses.get(expression) ?? 0;
      this.uses.set(expression, before + 1);
      if (before === 0) expression.of.forEach(count);
    };
    for (const { of } of loop.stores) count(of);
  }

  write(): WasmFunction {
    const code = this.nest(0);
    const takes = Array<number>(this.pointers.size).fill(I32);
    return { type: { takes, returns: [] }, locals: this.locals, code };
  }

  private local(type: number): number {
    return this.pointers.size + this.locals.push(type) - 1;
  }

  private pointer(access: Access): number {
    return this.pointers.get(keyOf(access))?.index ?? -1;
  }

  /** Moves all pointers, each by so many numbers. */
  private move(by: (access: Access) => number): Code {
    return [...this.pointers.values()].flatMap(({ access, index }) =>
      wasm.move(index, by(access) * FLOAT),
    );
  }

  private nest(axis: number): Code {
    const { dims } = this;
    if (axis === dims.length - 1) return this.innermost();
    const body = this.nest(axis + 1);
    const next = this.move(
      ({ strides }) => at(strides, axis) - at(strides, axis + 1) * at(dims, axis + 1),
    );
    return wasm.repeat(at(dims, axis), this.local(I32), [...body, ...next]);
  }

  private innermost(): Code {
    const { loop } = this;
    const length = this.dims.at(-1) ?? 1;
    const written = new Set(loop.stores.map(({ access }) => access.value));
    const strideOf = ({ strides }: Access) => strides.at(-1) ?? 0;
    const isVectorized =
      length >= LANES &&
      accessesOf(loop).every(access => [0, 1].includes(strideOf(access))) &&
      loop.stores.every(({ access, by }) => strideOf(access) === 1 || by);
    const [vectors, rest] = isVectorized
      ? [Math.floor(length / LANES), length % LANES]
      : [0, length];
    const summed = loop.stores.filter(({ access, by }) => by && strideOf(access) === 0);
    const start = summed.flatMap(store => {
      const sum = this.local(V128);
      this.sums.set(store, sum);
      return [...wasm.splat(IDENTITY[store.by as Combination]), ...wasm.set(sum)];
    });
    // What stays the same is loaded once. Engines make constants anew each time round.
    const keep = (key: unknown, value: Code) => {
      if (this.kept.has(key)) return;
      const kept = this.local(V128);
      this.kept.set(key, kept);
      start.push(...value, ...wasm.set(kept));
    };
    for (const { access } of loadsOf(loop))
      if (strideOf(access) === 0 && !written.has(access.value))
        keep(keyOf(access), [...wasm.local(this.pointer(access)), ...wasm.loadSplat]);
    for (const { op, number = 0 } of this.uses.keys())
      if (op === 'constant') keep(number, wasm.splat(number));
    const part = (times: number, lanes: number) => {
      if (times === 0) return [];
      const body = [...this.body(lanes), ...this.move(access => strideOf(access) * lanes)];
      return wasm.repeat(times, this.local(I32), body);
    };
    return [
      ...[...start, ...part(vectors, LANES), ...part(rest, 1)],
      ...summed.flatMap(store => this.finish(store)),
    ];
  }

  /** Combines the numbers of a vector, and stores the result. */
  private finish(store: Store): Code {
    const { access, by = 'add' } = store;
    const sum = this.sums.get(store) ?? -1;
    const pointer = wasm.local(this.pointer(access));
    const half = (lanes: Code) => [
      ...[...wasm.local(sum), ...wasm.local(sum), ...wasm.local(sum), ...wasm.shuffle(lanes)],
      ...[...f32x4[by], ...wasm.set(sum)],
    ];
    return [
      ...[...half([2, 3, 2, 3]), ...half([1, 1, 1, 1])],
      ...[...pointer, ...wasm.local(sum), ...pointer, ...wasm.loadSplat, ...f32x4[by]],
      ...wasm.storeLane,
    ];
  }

  private body(lanes: number): Code {
    this.made = new Map(this.kept);
    // What one of them replaces, others want as it was before.
    const written = new Set(this.loop.stores.map(({ access }) => keyOf(access)));
    const replaced = loadsOf(this.loop).filter(({ access }) => written.has(keyOf(access)));
    const keep = (load: Expression) => [
      ...this.evaluate(load, lanes),
      ...wasm.set(this.local(V128)),
    ];
    const before = replaced.flatMap(keep);
    const after = this.loop.stores.flatMap(store => {
      const { access, of, by } = store;
      const pointer = wasm.local(this.pointer(access));
      const sum = this.sums.get(store);
      const [load, put] = lanes === 1 ? [wasm.loadSplat, wasm.storeLane] : [wasm.load, wasm.store];
      const value = this.evaluate(of, lanes);
      if (!by) return [...pointer, ...value, ...put];
      if (sum === undefined)
        return [...pointer, ...value, ...pointer, ...load, ...f32x4[by], ...put];
      const counted =
        lanes === 1
          ? [...value, ...wasm.splat(IDENTITY[by]), ...wasm.firstLane, ...wasm.bitselect]
          : value;
      return [...wasm.local(sum), ...counted, ...f32x4[by], ...wasm.set(sum)];
    });
    return [...before, ...after];
  }

  private evaluate(expression: Expression, lanes: number): Code {
    const { op, of, access, number = 0 } = expression;
    const key = access ? keyOf(access) : op === 'constant' ? number : expression;
    const known = this.made.get(key);
    if (known !== undefined) return wasm.local(known);
    let code: Code;
    if (access) {
      const isOne = lanes === 1 || access.strides.at(-1) === 0 || this.loop.dims.length === 0;
      code = [...wasm.local(this.pointer(access)), ...(isOne ? wasm.loadSplat : wasm.load)];
    } else code = this.operate(op, of, lanes);
    if (!access && this.uses.get(expression) === 1) return code;
    const kept = this.local(V128);
    this.made.set(key, kept);
    return [...code, ...wasm.tee(kept)];
  }

  private operate(op: string, of: readonly Expression[], lanes: number): Code {
    const operands = of.map(each => this.evaluate(each, lanes));
    if (op === 'select') {
      // The condition is evaluated first, as what it computes may be kept for the others.
      const [condition = [], ...both] = operands;
      const mask = this.local(V128);
      const masked = [...condition, ...wasm.splat(0), ...f32x4.ne, ...wasm.set(mask)];
      return [...masked, ...both.flat(), ...wasm.local(mask), ...wasm.bitselect];
    }
    return [...operands.flat(), ...(OPERATIONS[op] as Code)];
  }
}

const values = new WeakMap<object, number>();
let next = 0;

function keyOf({ value, offset, strides }: Access): string {
  const id = values.get(value) ?? next++;
  values.set(value, id);
  return `${id}:${offset}:${strides}`;
}
