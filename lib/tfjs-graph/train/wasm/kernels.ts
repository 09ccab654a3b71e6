import { f32, f32x4 } from './assembler';
import { divide } from './divide-bytes';
import { elementwise } from './elementwise';
import { moduleOf } from './module';
import { type OptimizerKernels, optimizerKernels } from './optimizer-kernels';
import { multiply } from './product';
import { Instance, type LinearMemory, Module } from './web-assembly';

/** The functions of the module. Addresses, strides, widths and lengths are in bytes. */
export interface Kernels extends OptimizerKernels {
  /**
   * Writes `initial + a b`.
   *
   * @param rows of a run of rows of `a`.
   * @param rowRuns runs of rows.
   * @param columns of a run of columns of `a`, of which there are `columnRuns`: the rows of `b`.
   * @param initialRowStride 0 where one row is for all.
   * @param width of the rows of `b`, whole vectors.
   * @param list memory for an entry a column of `a`.
   */
  multiply(
    a: number,
    rows: number,
    rowStride: number,
    rowRuns: number,
    rowRunStride: number,
    columns: number,
    columnStride: number,
    columnRuns: number,
    columnRunStride: number,
    b: number,
    bRowStride: number,
    initial: number,
    initialRowStride: number,
    out: number,
    outRowStride: number,
    width: number,
    list: number,
  ): void;
  /** Makes 0 of what is negative. */
  relu(values: number, length: number): void;
  /** Makes 0 of a gradient where what relu gave is 0. */
  reluSlope(gradient: number, outputs: number, length: number): void;
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

const zero = f32x4.splat(f32.const(0));

const relu = elementwise(1, 0, ({ load, store }) => [store(0, f32x4.max(load(0), zero))]);

const reluSlope = elementwise(2, 0, ({ load, store }) => [
  store(0, f32x4.and(load(0), f32x4.greater(load(1), zero))),
]);

let compiled: object | undefined;

/** Makes the functions, for numbers in this memory. */
export function kernelsOn(memory: LinearMemory): Kernels {
  compiled ??= new Module(moduleOf({ multiply, relu, reluSlope, divide, ...optimizerKernels }));
  return new Instance(compiled, { env: { memory } }).exports as Kernels;
}
