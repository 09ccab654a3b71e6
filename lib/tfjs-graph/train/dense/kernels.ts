import { type Code, f32, f32x4, i32, type Local, loopWhile } from './assembler';
import { divide } from './divide-bytes';
import { VECTOR } from './matrix';
import { func, moduleOf } from './module';
import { Instance, type LinearMemory, Module } from './web-assembly';

/** The functions of the module. Addresses, strides, widths and lengths are in bytes. */
export interface Kernels {
  /**
   * Writes the product of two matrices.
   *
   * @param rows of `a`.
   * @param columns of `a`, the rows of `b`.
   * @param width of the rows of `b`, whole vectors.
   * @param list memory for an entry a column of `a`.
   */
  multiply(
    rows: number,
    columns: number,
    width: number,
    a: number,
    aRowStride: number,
    aColumnStride: number,
    b: number,
    bRowStride: number,
    out: number,
    outRowStride: number,
    list: number,
  ): void;
  /** Takes a step of gradient descent: `w -= rate * g`. */
  descend(w: number, g: number, length: number, rate: number): void;
  /** Takes a step of Adam, whose moments are `m` and `v`. */
  adam(
    w: number,
    g: number,
    m: number,
    v: number,
    length: number,
    rate: number,
    oneMinusBeta1: number,
    oneMinusBeta2: number,
    epsilon: number,
  ): void;
  /**
   * Divides bytes that lie in the rows of a matrix, and writes the quotients from the beginnings of
   * these rows on.
   *
   * @param length bytes of a row to be divided, whole eights.
   * @param offset from the beginning of a row to its bytes.
   */
  divide(
    rows: number,
    length: number,
    offset: number,
    out: number,
    outRowStride: number,
    divisor: number,
  ): void;
}

/** The vectors that are summed up at once. With six and more the lesson took half as long again. */
const BLOCK = 4;
const SIX = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;

/** An address, then a factor, in bytes. */
export const ENTRY = 8;
const FACTOR = 4;

/**
 * A row of a product is the sum of the rows of `b`, each times a number of the row of `a`. Many of
 * these are 0, such as the paper around a digit and the units that relu silences; so those that are
 * not are listed first, and the sums go along the list.
 */
const multiply = func([...SIX, 'i32', 'i32', 'i32', 'i32', 'i32'], (parameters, declare) => {
  const [rows, columns, width, a, aRowStride, aColumnStride] = parameters;
  const [, , , , , , b, bRowStride, out, outRowStride, list] = parameters;
  const [element, bRow, left, entry, end, column] = declare(...SIX);
  const [address, factor] = declare('i32', 'f32');
  const sums = Array.from({ length: BLOCK }).flatMap(() => declare('v128'));

  const listRow = [
    element.set(a.get),
    bRow.set(b.get),
    left.set(columns.get),
    end.set(list.get),
    loopWhile(
      left.get,
      factor.set(f32.load(element.get)),
      i32.store(end.get, bRow.get),
      f32.store(end.get, factor.get, FACTOR),
      // Without a jump: what follows a zero takes its place.
      end.increase(i32.mul(f32.differ(factor.get, f32.const(0)), i32.const(ENTRY))),
      element.increase(aColumnStride.get),
      bRow.increase(bRowStride.get),
      left.increase(i32.const(-1)),
    ),
  ];
  const sumUp = (sums: readonly Local[]): Code =>
    [
      ...sums.map(sum => sum.set(f32x4.splat(f32.const(0)))),
      entry.set(list.get),
      loopWhile(
        i32.less(entry.get, end.get),
        address.set(i32.add(i32.load(entry.get), column.get)),
        ...sums.map((sum, i) => {
          const product = f32x4.mul(
            f32x4.loadSplat(entry.get, FACTOR),
            f32x4.load(address.get, i * VECTOR),
          );
          return sum.set(f32x4.add(sum.get, product));
        }),
        entry.increase(i32.const(ENTRY)),
      ),
      address.set(i32.add(out.get, column.get)),
      ...sums.map((sum, i) => f32x4.store(address.get, sum.get, i * VECTOR)),
      column.increase(i32.const(sums.length * VECTOR)),
    ].flat();
  return [
    loopWhile(
      rows.get,
      ...listRow,
      column.set(i32.const(0)),
      loopWhile(
        i32.less(i32.add(column.get, i32.const(BLOCK * VECTOR - 1)), width.get),
        sumUp(sums),
      ),
      loopWhile(i32.less(column.get, width.get), sumUp(sums.slice(0, 1))),
      a.increase(aRowStride.get),
      out.increase(outRowStride.get),
      rows.increase(i32.const(-1)),
    ),
  ];
});

const descend = func(['i32', 'i32', 'i32', 'f32'], ([w, g, length, rate], declare) => {
  const [i, rates] = declare('i32', 'v128');
  const at = (array: Local) => i32.add(array.get, i.get);
  const step = f32x4.mul(rates.get, f32x4.load(at(g)));
  return [
    rates.set(f32x4.splat(rate.get)),
    loopWhile(
      i32.less(i.get, length.get),
      f32x4.store(at(w), f32x4.sub(f32x4.load(at(w)), step)),
      i.increase(i32.const(VECTOR)),
    ),
  ];
});

const adam = func(
  ['i32', 'i32', 'i32', 'i32', 'i32', 'f32', 'f32', 'f32', 'f32'],
  ([w, g, m, v, length, rates, shares1, shares2, epsilons], declare) => {
    const [i] = declare('i32');
    const [gradient, first, second] = declare('v128', 'v128', 'v128');
    const [rate, oneMinusBeta1, oneMinusBeta2, epsilon] = declare('v128', 'v128', 'v128', 'v128');
    const given = [
      [rate, rates],
      [oneMinusBeta1, shares1],
      [oneMinusBeta2, shares2],
      [epsilon, epsilons],
    ] as const;
    const at = (array: Local) => i32.add(array.get, i.get);
    /** Moves a mean by a share of the way to a value. */
    const moved = (mean: Local, array: Local, value: Code, share: Local): Code =>
      [
        mean.set(f32x4.load(at(array))),
        mean.set(f32x4.add(mean.get, f32x4.mul(f32x4.sub(value, mean.get), share.get))),
        f32x4.store(at(array), mean.get),
      ].flat();
    const step = f32x4.div(
      f32x4.mul(rate.get, first.get),
      f32x4.add(f32x4.sqrt(second.get), epsilon.get),
    );
    return [
      ...given.map(([all, scalar]) => all.set(f32x4.splat(scalar.get))),
      loopWhile(
        i32.less(i.get, length.get),
        gradient.set(f32x4.load(at(g))),
        moved(first, m, gradient.get, oneMinusBeta1),
        moved(second, v, f32x4.mul(gradient.get, gradient.get), oneMinusBeta2),
        f32x4.store(at(w), f32x4.sub(f32x4.load(at(w)), step)),
        i.increase(i32.const(VECTOR)),
      ),
    ];
  },
);

let compiled: object | undefined;

/** Makes the functions, for numbers in this memory. */
export function kernelsOn(memory: LinearMemory): Kernels {
  compiled ??= new Module(moduleOf({ multiply, descend, adam, divide }));
  return new Instance(compiled, { env: { memory } }).exports as Kernels;
}
