import type { FusedOptimizer } from '../optimizers';
import { BINARY, FUSED } from './binary';

/** A float32 and four of them, in bytes. */
export const FLOAT = 4;
const VECTOR = 16;

const LANES = VECTOR / FLOAT;

/** An axis of a view: `inner` numbers a stride apart, and `outer` such runs. Strides are in numbers. */
interface Axis {
  readonly inner: number;
  readonly stride: number;
  readonly outer: number;
  readonly outerStride: number;
}

/**
 * Numbers in memory, seen as a matrix. The patches of a picture are one, a patch a row, although they overlap
 * and are stored nowhere.
 */
export interface View {
  /** In bytes. */
  readonly address: number;
  readonly rows: Axis;
  readonly columns: Axis;
}

export const transposed = ({ address, rows, columns }: View): View => ({
  address,
  rows: columns,
  columns: rows,
});

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
    return {
      address,
      rows: { inner: rows, stride: rowStride, outer: 1, outerStride: 0 },
      columns: { inner: columns, stride: 1, outer: 1, outerStride: 0 },
    };
  }

  /** Returns rows `[start, start + rows)`, and of these the first columns. */
  part(start: number, rows: number, columns = this.columns): Matrix {
    const address = this.address + start * this.rowStride * FLOAT;
    return new Matrix(this.memory, address, rows, columns, this.rowStride);
  }

  /** Returns a row as a matrix of its own, whose rows follow one another without gaps. */
  rowAs(row: number, rows: number, columns: number): Matrix {
    const address = this.address + row * this.rowStride * FLOAT;
    return new Matrix(this.memory, address, rows, columns, columns);
  }

  /** The numbers in place, row by row at `rowStride`; valid until the memory grows. */
  get values() {
    return new Float32Array(this.memory.buffer, this.address, this.rows * this.rowStride);
  }

  write(numbers: Float32Array): void {
    const { values, rows, columns, rowStride } = this;
    for (let row = 0; row < rows; row++)
      values.set(numbers.subarray(row * columns, (row + 1) * columns), row * rowStride);
  }

  read(): Float32Array {
    const { values, rows, columns, rowStride } = this;
    const numbers = new Float32Array(rows * columns);
    for (let row = 0; row < rows; row++)
      numbers.set(values.subarray(row * rowStride, row * rowStride + columns), row * columns);
    return numbers;
  }
}

/** WebAssembly's interface; TypeScript only has its types together with those of web pages. */
interface LinearMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
interface Api {
  readonly Memory: new (size: { initial: number }) => LinearMemory;
  readonly Module: new (binary: Uint8Array) => object;
  validate(binary: Uint8Array): boolean;
  readonly Instance: new (
    module: object,
    imports: { env: { memory: LinearMemory } },
  ) => { readonly exports: unknown };
}
const { WebAssembly } = globalThis as unknown as { WebAssembly: Api };

/** A page of WebAssembly's memory, in bytes. */
const PAGE = 65536;

/** The kernels that go along arrays of one length. */
export type ArrayKernel = 'relu' | 'reluSlope' | FusedOptimizer['wasm'];

/** See `assembly/kernels.ts`. */
type Kernels = Readonly<
  Record<ArrayKernel | 'multiply' | 'divide', (structAddress: number) => void>
>;

/** The words of the largest struct that a kernel takes. It lies at address 0. */
const STRUCT = 20;

/** The bytes that {@link Memory.multiply} needs for each column: an address and a factor. */
const ENTRY = 8;

/** Compiles the kernels of `binary.ts`. */
export const compile = (text: string): object => new WebAssembly.Module(decode(text));

const decode = (text: string) => Uint8Array.from(atob(text), letter => letter.charCodeAt(0));

let compiled: object | undefined;

/** Matrices in a memory of WebAssembly, and what is computed there. */
export class Memory {
  private readonly memory = new WebAssembly.Memory({ initial: 1 });
  private readonly kernels: Kernels;
  private end = STRUCT * FLOAT;
  private longest = 0;
  /** The start of the sums of a product. */
  private zeros: Matrix;
  private words = new Int32Array(this.memory.buffer, 0, STRUCT);
  private floats = new Float32Array(this.memory.buffer, 0, STRUCT);

  /** @param kernels default to those with fused products, if the engine has such. */
  constructor(kernels?: object) {
    compiled ??= compile(WebAssembly.validate(decode(FUSED)) ? FUSED : BINARY);
    const { exports } = new WebAssembly.Instance(kernels ?? compiled, {
      env: { memory: this.memory },
    });
    this.kernels = exports as Kernels;
    this.zeros = this.place(1, LANES);
  }

  /** Makes a matrix of zeros. Its rows end at whole vectors; the padding stays 0. */
  matrix(rows: number, columns: number): Matrix {
    if (columns > this.zeros.columns) this.zeros = this.place(1, columns);
    return this.place(rows, columns);
  }

  /**
   * Makes a matrix of zeros for samples, one a row. Each has room for the end of a vector behind it, as a
   * product writes whole ones even if the rows of a picture follow one another without gaps.
   */
  samples(count: number, size: number): Matrix {
    return this.matrix(count, size + LANES - 1).part(0, count, size);
  }

  /** Makes a row of ones: its product with a matrix is the sums of the columns. */
  ones(count: number): Matrix {
    const row = this.matrix(1, count);
    row.values.fill(1, 0, count);
    return row;
  }

  /**
   * Writes `initial + a b`, for finite numbers.
   *
   * @param initial one row for all, or the matrix `out` itself; defaults to zeros.
   */
  multiply(a: View, b: Matrix, out: Matrix, initial: Matrix = this.zeros): void {
    const strideOf = ({ rowStride }: Matrix) => rowStride * FLOAT;
    this.words.set([
      a.address,
      ...inBytes(a.rows),
      ...inBytes(a.columns),
      ...[b.address, strideOf(b)],
      ...[initial.address, initial.rows === 1 ? 0 : strideOf(initial)],
      ...[out.address, strideOf(out)],
      paddedRow(b.columns),
      // The list of a row lies behind the matrices.
      this.end,
    ]);
    this.kernels.multiply(0);
  }

  /**
   * Divides the bytes that lie in the first rows of a matrix for samples, and writes the quotients over them.
   *
   * @param offset from the beginning of a row to its bytes.
   */
  divide(matrix: Matrix, rows: number, offset: number, divisor: number): void {
    const length = paddedRow(matrix.columns) / FLOAT;
    this.words.set([rows, length, offset, matrix.address, matrix.rowStride * FLOAT]);
    this.floats[5] = divisor;
    this.kernels.divide(0);
  }

  /**
   * Changes the numbers of a matrix in place.
   *
   * @param others of the same shape: what the kernel reads, then what an optimizer keeps.
   * @param scalars the numbers of an optimizer's step.
   */
  apply(
    kernel: ArrayKernel,
    { address, rows, rowStride }: Matrix,
    others: readonly Matrix[] = [],
    scalars: readonly number[] = [],
  ): void {
    this.words.set([rows * rowStride * FLOAT, address, ...others.map(other => other.address)]);
    this.floats.set(scalars, 5);
    this.kernels[kernel](0);
  }

  private place(rows: number, columns: number): Matrix {
    const rowLength = paddedRow(columns);
    const matrix = new Matrix(this.memory, this.end, rows, columns, rowLength / FLOAT);
    this.end += rows * rowLength;
    this.longest = Math.max(this.longest, rows, columns);
    const missing = this.end + this.longest * ENTRY - this.memory.buffer.byteLength;
    if (missing > 0) {
      this.memory.grow(Math.ceil(missing / PAGE));
      this.words = new Int32Array(this.memory.buffer, 0, STRUCT);
      this.floats = new Float32Array(this.memory.buffer, 0, STRUCT);
    }
    return matrix;
  }
}

const inBytes = ({ inner, stride, outer, outerStride }: Axis) =>
  [inner, stride * FLOAT, outer, outerStride * FLOAT] as const;

/** Returns the bytes of a row that ends at a whole vector. */
const paddedRow = (columns: number) => Math.ceil((columns * FLOAT) / VECTOR) * VECTOR;
