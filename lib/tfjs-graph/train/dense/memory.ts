import { ENTRY, kernelsOn } from './kernels';
import { FLOAT, Matrix, VECTOR } from './matrix';
import { Memory as LinearMemory } from './web-assembly';

/** A page of WebAssembly's memory, in bytes. */
const PAGE = 65536;

/** Matrices in a memory of WebAssembly's, and what is computed there. */
export class Memory {
  private readonly memory = new LinearMemory({ initial: 1 });
  readonly kernels = kernelsOn(this.memory);
  private end = 0;
  private longest = 0;

  /** Makes a matrix of zeros. Its rows end at whole vectors: what fills them up stays 0. */
  matrix(rows: number, columns: number): Matrix {
    const rowLength = paddedRow(columns);
    const matrix = new Matrix(this.memory, this.end, rows, columns, rowLength / FLOAT);
    this.end += rows * rowLength;
    this.longest = Math.max(this.longest, rows, columns);
    const missing = this.end + this.longest * ENTRY - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE));
    return matrix;
  }

  /**
   * Writes `a b`, for finite numbers.
   *
   * @param b not a transpose, for which the sums would jump through the memory.
   */
  multiply(a: Matrix, b: Matrix, out: Matrix): void {
    this.kernels.multiply(
      a.rows,
      a.columns,
      paddedRow(b.columns),
      a.address,
      a.rowStride * FLOAT,
      a.columnStride * FLOAT,
      b.address,
      b.rowStride * FLOAT,
      out.address,
      out.rowStride * FLOAT,
      // The list of a row lies behind the matrices.
      this.end,
    );
  }
}

/** Returns the bytes of a row that ends at a whole vector. */
const paddedRow = (columns: number) => Math.ceil((columns * FLOAT) / VECTOR) * VECTOR;
