import { axis, type View } from './view';
import type { LinearMemory } from './web-assembly';

/** A float32 and four of them, in bytes. */
export const FLOAT = 4;
export const VECTOR = 16;

/** A matrix of float32 in WebAssembly's memory, or a part of one. */
export class Matrix {
  /**
   * @param address in bytes.
   * @param rowStride from a row to the next, in numbers.
   */
  constructor(
    private readonly memory: LinearMemory,
    readonly address: number,
    readonly rows: number,
    readonly columns: number,
    readonly rowStride: number,
  ) {}

  get view(): View {
    const { address, rows, columns, rowStride } = this;
    return { address, rows: axis(rows, rowStride), columns: axis(columns, 1) };
  }

  /** Rows `[start, start + rows)`, and of these the first columns. */
  part(start: number, rows: number, columns = this.columns): Matrix {
    const address = this.address + start * this.rowStride * FLOAT;
    return new Matrix(this.memory, address, rows, columns, this.rowStride);
  }

  /** The numbers of a row as a matrix of their own, one row of it behind the other. */
  rowAs(row: number, rows: number, columns: number): Matrix {
    const address = this.address + row * this.rowStride * FLOAT;
    return new Matrix(this.memory, address, rows, columns, columns);
  }

  /** The numbers where they are, row by row at `rowStride`, until the memory grows. */
  get values(): Float32Array {
    return new Float32Array(this.memory.buffer, this.address, this.rows * this.rowStride);
  }

  /** Takes over numbers given row by row. */
  write(numbers: Float32Array): void {
    const { values, rows, columns, rowStride } = this;
    for (let row = 0; row < rows; row++)
      values.set(numbers.subarray(row * columns, (row + 1) * columns), row * rowStride);
  }

  /** Returns a copy of the numbers, row by row. */
  read(): Float32Array {
    const { values, rows, columns, rowStride } = this;
    const numbers = new Float32Array(rows * columns);
    for (let row = 0; row < rows; row++)
      numbers.set(values.subarray(row * rowStride, row * rowStride + columns), row * columns);
    return numbers;
  }

  /** Writes the transpose to another matrix. */
  transposeTo({ values: to, rowStride }: Matrix): void {
    const from = this.values;
    for (let row = 0; row < this.rows; row++) {
      const start = row * this.rowStride;
      for (let column = 0; column < this.columns; column++)
        to[column * rowStride + row] = from[start + column] ?? Number.NaN;
    }
  }
}
