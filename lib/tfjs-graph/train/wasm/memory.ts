import { type Kernels, kernelsOn } from './kernels';
import { FLOAT, Matrix, VECTOR } from './matrix';
import { ENTRY } from './product';
import type { Axis, View } from './view';
import { Memory as LinearMemory } from './web-assembly';

/** A page of WebAssembly's memory, in bytes. */
const PAGE = 65536;

/** Numbers in a vector. */
const LANES = VECTOR / FLOAT;

/** Matrices in a memory of WebAssembly's, and what is computed there. */
export class Memory {
  private readonly memory = new LinearMemory({ initial: 1 });
  readonly kernels: Kernels = kernelsOn(this.memory);
  private end = 0;
  private longest = 0;
  /** With what the sums of a product begin. */
  private zeros: Matrix = this.place(1, LANES);

  /** Makes a matrix of zeros. Its rows end at whole vectors: what fills them up stays 0. */
  matrix(rows: number, columns: number): Matrix {
    if (columns > this.zeros.columns) this.zeros = this.place(1, columns);
    return this.place(rows, columns);
  }

  /**
   * Makes a matrix of zeros for samples, one a row. Behind each there is room for the end of a vector,
   * as a product writes whole ones where the rows of a picture follow upon each other.
   */
  samples(count: number, size: number): Matrix {
    return this.matrix(count, size + LANES - 1).part(0, count, size);
  }

  /** Makes a row of ones: its product with a matrix gives the sums of the columns. */
  ones(count: number): Matrix {
    const row = this.matrix(1, count);
    row.values.fill(1, 0, count);
    return row;
  }

  /**
   * Writes `initial + a b`, for finite numbers.
   *
   * @param initial a row for all, or the matrix `out` itself; zeros where left out.
   */
  multiply(a: View, b: Matrix, out: Matrix, initial: Matrix = this.zeros): void {
    this.kernels.multiply(
      a.address,
      ...inBytes(a.rows),
      ...inBytes(a.columns),
      b.address,
      b.rowStride * FLOAT,
      initial.address,
      initial.rows === 1 ? 0 : initial.rowStride * FLOAT,
      out.address,
      out.rowStride * FLOAT,
      paddedRow(b.columns),
      // The list of a row lies behind the matrices.
      this.end,
    );
  }

  private place(rows: number, columns: number): Matrix {
    const rowLength = paddedRow(columns);
    const matrix = new Matrix(this.memory, this.end, rows, columns, rowLength / FLOAT);
    this.end += rows * rowLength;
    this.longest = Math.max(this.longest, rows, columns);
    const missing = this.end + this.longest * ENTRY - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE));
    return matrix;
  }
}

const inBytes = ({ inner, stride, outer, outerStride }: Axis) =>
  [inner, stride * FLOAT, outer, outerStride * FLOAT] as const;

/** Returns the bytes of a row that ends at a whole vector. */
const paddedRow = (columns: number) => Math.ceil((columns * FLOAT) / VECTOR) * VECTOR;
