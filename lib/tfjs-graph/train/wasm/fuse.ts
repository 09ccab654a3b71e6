/** Joins loops that go over the same places, so that what one makes need not pass through memory. */
import { at } from '../../array';
import { type Access, constant, type Expression, type Value } from './expression';
import { isLoop, type Loop, type Step } from './ir';

/** More numbers at once than a processor has registers for gain nothing. */
const MOST_STORES = 10;

/** Loops that wait for others to join them. */
const MOST_OPEN = 6;

/** What a combination begins with. */
export const IDENTITY = { add: 0, mul: 1, min: Infinity, max: -Infinity } as const;

/** Returns the steps in an order in which they can be taken, without stores that nothing reads. */
export function fuse(steps: readonly Step[]): Step[] {
  const done: Step[] = [];
  /** The loops that others may join, with what they read and write. */
  const open = new Map<Loop, readonly [read: Set<Value>, written: Set<Value>]>();
  const close = (loop: Loop) => {
    open.delete(loop);
    done.push(loop);
  };
  for (const step of steps) {
    if (isLoop(step)) dropOnes(step);
    const [reads, writes] = [readsOf(step), writesOf(step)];
    const all = [...open.keys()].reverse();
    const needed = all.filter(loop => {
      const [read, written] = open.get(loop) ?? [];
      return (
        reads.some(value => written?.has(value)) ||
        writes.some(value => read?.has(value) || written?.has(value))
      );
    });
    const others = all.filter(loop => !needed.includes(loop));
    const target = isLoop(step) && [...needed, ...others].find(loop => join(loop, step));
    for (const loop of needed) if (loop !== target) close(loop);
    if (target) {
      const [read, written] = open.get(target) ?? [];
      for (const value of reads) read?.add(value);
      for (const value of writes) written?.add(value);
    } else if (isLoop(step)) open.set(step, [new Set(reads), new Set(writes)]);
    else done.push(step);
    if (open.size > MOST_OPEN) close(at([...open.keys()], 0));
  }
  done.push(...open.keys());
  return needed(done).flatMap((step): Step[] => {
    if (!isLoop(step)) return [step];
    joinAxes(step);
    return [...startsOf(step), step];
  });
}

/** Leaves out the stores of what no other step reads. */
function needed(steps: readonly Step[]): Step[] {
  const read = new Set<Value>();
  return [...steps]
    .reverse()
    .filter(step => {
      if (!isLoop(step)) {
        if (!step.writes.value.isFixed && !read.has(step.writes.value)) return false;
      } else {
        const kept = step.stores.filter(
          ({ access: { value } }) => value.isFixed || read.has(value),
        );
        if (kept.length === 0) return false;
        step.stores.splice(0, step.stores.length, ...kept);
      }
      for (const value of readsOf(step)) read.add(value);
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

/** Returns each load of a loop once. */
export function loadsOf({ stores }: Loop): Load[] {
  const seen = new Set<Expression>();
  const visit = (expression: Expression) => {
    if (seen.has(expression)) return;
    seen.add(expression);
    expression.of.forEach(visit);
  };
  for (const { of } of stores) visit(of);
  return [...seen].filter((each): each is Load => each.access !== undefined);
}

export const accessesOf = (loop: Loop): Access[] => [
  ...loadsOf(loop).map(({ access }) => access),
  ...loop.stores.map(({ access }) => access),
];

function keep(loop: Loop, isKept: (axis: number) => boolean): void {
  const axes = [...loop.dims.keys()].filter(isKept);
  loop.dims = axes.map(axis => at(loop.dims, axis));
  for (const access of accessesOf(loop))
    access.strides = axes.map(axis => at(access.strides, axis));
}

const dropOnes = (loop: Loop) => keep(loop, axis => loop.dims[axis] !== 1);

/** Makes one axis of two that follow one another for all accesses. */
function joinAxes(loop: Loop): void {
  for (let axis = loop.dims.length - 2; axis >= 0; axis--) {
    const [length, inner] = [at(loop.dims, axis), at(loop.dims, axis + 1)];
    const follows = accessesOf(loop).every(
      ({ strides }) => strides[axis] === at(strides, axis + 1) * inner,
    );
    if (!follows) continue;
    loop.dims = loop.dims.map((own, i) => (i === axis + 1 ? own * length : own));
    keep(loop, i => i !== axis);
  }
}

/** Adds a loop to an earlier one; returns false, and changes nothing, if they do not fit. */
function join(earlier: Loop, later: Loop): boolean {
  if (earlier.stores.length + later.stores.length > MOST_STORES) return false;
  if (String(earlier.dims) !== String(later.dims)) return false;
  const there = ({ offset, strides }: Access) => String([offset, ...strides]);
  const made = new Map(earlier.stores.map(store => [store.access.value, store]));
  const replaced = new Map<Expression, Expression>();
  for (const one of loadsOf(later)) {
    const store = made.get(one.access.value);
    if (!store) continue;
    if (store.by || there(store.access) !== there(one.access)) return false;
    replaced.set(one, store.of);
  }
  // What the earlier one reads, the later one must not have changed before.
  const written = writesOf(later);
  const clash = accessesOf(earlier).filter(({ value }) => written.includes(value));
  for (const access of clash) {
    const own = later.stores.find(store => store.access.value === access.value);
    if (!own || own.by || there(access) !== there(own.access)) return false;
  }
  const rewritten = new Map<Expression, Expression>(replaced);
  const rewrite = (expression: Expression): Expression => {
    const known = rewritten.get(expression);
    if (known) return known;
    const of = expression.of.map(rewrite);
    const made = of.every((each, i) => each === expression.of[i])
      ? expression
      : { ...expression, of };
    rewritten.set(expression, made);
    return made;
  };
  earlier.stores.push(...later.stores.map(store => ({ ...store, of: rewrite(store.of) })));
  return true;
}

/** Returns the loops that write what the combinations of a loop begin with. */
const startsOf = (loop: Loop): Loop[] =>
  loop.stores.flatMap(({ access: { value }, by }) => {
    if (!by) return [];
    const access = { value, offset: 0, strides: [1] };
    return [{ dims: [value.size], stores: [{ access, of: constant(IDENTITY[by]) }] }];
  });
