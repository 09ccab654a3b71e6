import { type Code, f32, f32x4, i32, type Local, loopWhile } from './assembler';
import { VECTOR } from './matrix';
import { func } from './module';

/** The vectors that are summed up at once. With six and more the lesson took half as long again. */
const BLOCK = 4;
const FOUR = ['i32', 'i32', 'i32', 'i32'] as const;

/** An address, then a factor, in bytes. */
export const ENTRY = 8;
const FACTOR = 4;

/**
 * A row of a product is the sum of the rows of `b`, each times a number of the row of `a`. Many of
 * these are 0, such as the paper around a digit and the units that relu silences; so those that are
 * not are listed first, and the sums go along the list. See `Kernels.multiply`.
 */
export const multiply = func(['i32', ...FOUR, ...FOUR, ...FOUR, ...FOUR], (parameters, declare) => {
  const [a, rows, rowStride, rowRuns, rowRunStride] = parameters;
  const [, , , , , columns, columnStride, columnRuns, columnRunStride] = parameters;
  const [, , , , , , , , , b, bRowStride, initial, initialRowStride] = parameters;
  const [, , , , , , , , , , , , , out, outRowStride, width, list] = parameters;
  const [rowsLeft, columnsLeft, runsLeft, element] = declare(...FOUR);
  const [run, row, bRow, entry] = declare(...FOUR);
  const [end, column, address, factor] = declare('i32', 'i32', 'i32', 'f32');
  const sums = Array.from({ length: BLOCK }).flatMap(() => declare('v128'));

  const listRun = [
    element.set(run.get),
    columnsLeft.set(columns.get),
    loopWhile(
      columnsLeft.get,
      factor.set(f32.load(element.get)),
      i32.store(end.get, bRow.get),
      f32.store(end.get, factor.get, FACTOR),
      // Without a jump: what follows a zero takes its place.
      end.increase(i32.mul(f32.differ(factor.get, f32.const(0)), i32.const(ENTRY))),
      element.increase(columnStride.get),
      bRow.increase(bRowStride.get),
      columnsLeft.increase(i32.const(-1)),
    ),
  ];
  const listRow = [
    run.set(row.get),
    bRow.set(b.get),
    end.set(list.get),
    runsLeft.set(columnRuns.get),
    loopWhile(
      runsLeft.get,
      ...listRun,
      run.increase(columnRunStride.get),
      runsLeft.increase(i32.const(-1)),
    ),
  ];
  const sumUp = (sums: readonly Local[]): Code =>
    [
      address.set(i32.add(initial.get, column.get)),
      ...sums.map((sum, i) => sum.set(f32x4.load(address.get, i * VECTOR))),
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
  const multiplyRow = [
    ...listRow,
    column.set(i32.const(0)),
    loopWhile(i32.less(i32.add(column.get, i32.const(BLOCK * VECTOR - 1)), width.get), sumUp(sums)),
    loopWhile(i32.less(column.get, width.get), sumUp(sums.slice(0, 1))),
    out.increase(outRowStride.get),
    initial.increase(initialRowStride.get),
  ];
  return [
    loopWhile(
      rowRuns.get,
      row.set(a.get),
      rowsLeft.set(rows.get),
      loopWhile(
        rowsLeft.get,
        ...multiplyRow,
        row.increase(rowStride.get),
        rowsLeft.increase(i32.const(-1)),
      ),
      a.increase(rowRunStride.get),
      rowRuns.increase(i32.const(-1)),
    ),
  ];
});
