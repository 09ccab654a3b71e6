/** Fuses loops over the same indices, so intermediate results stay in registers. */
import { at } from '../array';
import { type Access, constant, type Expression, type Value } from './expression';
import { isLoop, type Loop, type Step } from './ir';

/** Maximum of stores per loop, limited by the number of registers. */
const MAX_STORES = 10;

const MAX_OPEN = 6;

export const IDENTITY = { add: 0, mul: 1, min: Infinity, max: -Infinity } as const;

/** Returns fused steps in a valid order, without unused stores. */
export function fuse(steps: readonly Step[]): Step[] {
  const done: Step[] = [];
  /** Loops open for fusion, with their inputs and outputs. */
  const open = new Map<Loop, readonly [inputs: Set<Value>, outputs: Set<Value>]>();
  const close = (loop: Loop) => {
    open.delete(loop);
    done.push(loop);
  };
  for (const step of steps) {
    if (isLoop(step)) dropOnes(step);
    const [reads, writes] = [readsOf(step), writesOf(step)];
    const loops = [...open.keys()].reverse();
    const dependencies = loops.filter(loop => {
      const [inputs, outputs] = open.get(loop) ?? [];
      return (
        reads.some(value => outputs?.has(value)) ||
        writes.some(value => inputs?.has(value) || outputs?.has(value))
      );
    });
    const independent = loops.filter(loop => !dependencies.includes(loop));
    const target = isLoop(step) && [...dependencies, ...independent].find(loop => join(loop, step));
    for (const loop of dependencies) if (loop !== target) close(loop);
    if (target) {
      const [inputs, outputs] = open.get(target) ?? [];
      for (const value of reads) inputs?.add(value);
      for (const value of writes) outputs?.add(value);
    } else if (isLoop(step)) open.set(step, [new Set(reads), new Set(writes)]);
    else done.push(step);
    if (open.size > MAX_OPEN) close(at([...open.keys()], 0));
  }
  done.push(...open.keys());
  return withoutUnused(done).flatMap((step): Step[] => {
    if (!isLoop(step)) return [step];
    joinAxes(step);
    return [...initializationsOf(step), step];
  });
}

/** Removes stores that no later step reads. */
function withoutUnused(steps: readonly Step[]): Step[] {
  const used = new Set<Value>();
  return [...steps]
    .reverse()
    .filter(step => {
      if (!isLoop(step)) {
        if (!step.writes.value.isFixed && !used.has(step.writes.value)) return false;
      } else {
        const stores = step.stores.filter(
          ({ access: { value } }) => value.isFixed || used.has(value),
        );
        if (stores.length === 0) return false;
        step.stores.splice(0, step.stores.length, ...stores);
      }
      for (const value of readsOf(step)) used.add(value);
      return true;
    })
    .reverse();
}

export function readsOf(step: Step): Value[] {
  const accesses = isLoop(step) ? loadsOf(step).map(({ access }) => access) : step.reads;
  return accesses.map(({ value }) => value);
}

export const writesOf = (step: Step): Value[] =>
  isLoop(step) ? step.stores.map(({ access }) => access.value) : [step.writes.value];

type Load = Expression & { readonly access: Access };

export function loadsOf({ stores }: Loop): Load[] {
  const visited = new Set<Expression>();
  const visit = (expression: Expression) => {
    if (visited.has(expression)) return;
    visited.add(expression);
    expression.operands.forEach(visit);
  };
  for (const { expression } of stores) visit(expression);
  return [...visited].filter((item): item is Load => item.access !== undefined);
}

export const accessesOf = (loop: Loop): Access[] => [
  ...loadsOf(loop).map(({ access }) => access),
  ...loop.stores.map(({ access }) => access),
];

function keepAxes(loop: Loop, isUsed: (axis: number) => boolean): void {
  const axes = [...loop.dims.keys()].filter(isUsed);
  loop.dims = axes.map(axis => at(loop.dims, axis));
  for (const access of accessesOf(loop))
    access.strides = axes.map(axis => at(access.strides, axis));
}

const dropOnes = (loop: Loop) => keepAxes(loop, axis => loop.dims[axis] !== 1);

/** Merges pairs of axes that are contiguous for all accesses. */
function joinAxes(loop: Loop): void {
  for (let axis = loop.dims.length - 2; axis >= 0; axis--) {
    const [length, inner] = [at(loop.dims, axis), at(loop.dims, axis + 1)];
    const isContiguous = accessesOf(loop).every(
      ({ strides }) => strides[axis] === at(strides, axis + 1) * inner,
    );
    if (!isContiguous) continue;
    loop.dims = loop.dims.map((dim, i) => (i === axis + 1 ? dim * length : dim));
    keepAxes(loop, i => i !== axis);
  }
}

/** Fuses a loop into an earlier loop. Returns false, without changes, if impossible. */
function join(earlier: Loop, later: Loop): boolean {
  if (earlier.stores.length + later.stores.length > MAX_STORES) return false;
  if (String(earlier.dims) !== String(later.dims)) return false;
  const keyOf = ({ offset, strides }: Access) => String([offset, ...strides]);
  const stores = new Map(earlier.stores.map(store => [store.access.value, store]));
  const rewritten = new Map<Expression, Expression>();
  for (const load of loadsOf(later)) {
    const store = stores.get(load.access.value);
    if (!store) continue;
    if (store.by || keyOf(store.access) !== keyOf(load.access)) return false;
    rewritten.set(load, store.expression);
  }
  // The later loop must not overwrite numbers before the earlier loop has read them.
  const outputs = writesOf(later);
  const conflicts = accessesOf(earlier).filter(({ value }) => outputs.includes(value));
  for (const access of conflicts) {
    const store = later.stores.find(({ access: { value } }) => value === access.value);
    if (!store || store.by || keyOf(access) !== keyOf(store.access)) return false;
  }
  const rewrite = (expression: Expression): Expression => {
    const existing = rewritten.get(expression);
    if (existing) return existing;
    const operands = expression.operands.map(rewrite);
    const isSame = operands.every((operand, i) => operand === expression.operands[i]);
    const result = isSame ? expression : { ...expression, operands };
    rewritten.set(expression, result);
    return result;
  };
  const newStores = later.stores.map(store => ({
    ...store,
    expression: rewrite(store.expression),
  }));
  earlier.stores.push(...newStores);
  return true;
}

/** Returns the loops that write the initial values of a loop's combinations. */
const initializationsOf = (loop: Loop): Loop[] =>
  loop.stores.flatMap(({ access: { value }, by }) => {
    if (!by) return [];
    const access = { value, offset: 0, strides: [1] };
    return [{ dims: [value.size], stores: [{ access, expression: constant(IDENTITY[by]) }] }];
  });
