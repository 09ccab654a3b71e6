/** Replaces products of bytes, products of small matrices and sums of rows by this package's ops. */
import { at } from '../array';
import type { Binding, TensorId } from '../backend';
import {
  attrOf,
  factorsOf,
  isTransposed,
  kindOf,
  multiplicationsOf,
  type Tape,
  type TapeOp,
} from '../trace/tape';
import { TapeWriter } from '../trace/tape-writer';

/** TensorFlow's type number of the masks. */
const INT64 = 9;

/** Columns per block of this package's ops. TensorFlow is faster for fewer columns. */
export const BYTE_COLUMNS = 32;

export const isByteProduct = ({ op }: TapeOp): boolean => op === 'ByteMatMul';

/**
 * Replaces each `MatMul` with a left operand stored as bytes by `ByteMatMul`, which skips zeros. TensorFlow's
 * `SparseMatMul` takes more than three times as long as `MatMul` for images.
 *
 * @param divisors divisors of the tape's inputs stored as bytes
 * @returns the tape, and the additional input with each of these inputs' bytes
 */
export function multiplyBytes(
  tape: Tape,
  binding: Binding,
  divisors: ReadonlyMap<TensorId, { readonly divisor: number }>,
): { tape: Tape; bytes: ReadonlyMap<TensorId, TensorId> } {
  const writer = new TapeWriter(tape, binding);
  const bytesLike = (id: TensorId) => writer.tensor(writer.shapeOf(id), binding.TF_UINT8);
  /** Bytes and divisors of tensors, including reshaped tensors. */
  const quotients = new Map(
    Array.from(divisors, ([id, { divisor }]) => [id, { bytes: bytesLike(id), divisor }]),
  );
  const bytes = new Map(Array.from(quotients, ([id, quotient]) => [id, quotient.bytes]));

  const isAnyTransposed = tape.ops.some(op => isTransposed(op, 'a'));
  const withColumns = writer.bool('columns', isAnyTransposed);
  const masks = new Map<TensorId, readonly TensorId[]>();
  /** Returns the masks of rows and columns of bytes. The first call adds the op. */
  const masksOf = (id: TensorId): readonly TensorId[] => {
    const existing = masks.get(id);
    if (existing) return existing;
    const [rows = 0, columns = 0] = writer.shapeOf(id);
    const masksFor = (length: number, bits: number) =>
      writer.tensor([length, Math.max(1, Math.ceil(bits / 64))], INT64);
    const outputs = [masksFor(rows, columns), masksFor(columns, rows)];
    writer.add('ByteMasks', [withColumns], [id], outputs);
    masks.set(id, outputs);
    return outputs;
  };

  /** Returns the bytes of a product's left operand; undefined if the op does not support the product. */
  const bytesIn = (op: TapeOp) => {
    if (op.op !== 'MatMul' || isTransposed(op, 'b')) return undefined;
    const { left, right, product } = factorsOf(op);
    const [, columns = 0] = writer.shapeOf(product);
    return columns >= BYTE_COLUMNS && !quotients.has(right) ? quotients.get(left) : undefined;
  };

  for (const op of tape.ops) {
    const operand = bytesIn(op);
    if (operand) {
      const { bytes, divisor } = operand;
      const { right, product } = factorsOf(op);
      const transpose = isTransposed(op, 'a');
      const attrs = [writer.bool('transpose_a', transpose), writer.float('divisor', divisor)];
      const operands = [bytes, at(masksOf(bytes), transpose ? 1 : 0), right];
      writer.add('ByteMatMul', attrs, operands, [product]);
      continue;
    }
    writer.keep(op);
    const source = op.op === 'Reshape' ? quotients.get(at(op.inputs, 0)) : undefined;
    if (!source) continue;
    const output = at(op.outputs, 0);
    const reshaped = bytesLike(output);
    writer.reshape(source.bytes, reshaped);
    quotients.set(output, { ...source, bytes: reshaped });
  }
  return { tape: { ...writer.finish(), inputs: [...tape.inputs, ...bytes.values()] }, bytes };
}

/** Maximum of multiplications for small products, and for products with few columns. TensorFlow is faster above. */
const MAX_WORK = 2 ** 18;
const [MAX_NARROW_WORK, NARROW] = [2 ** 22, 16];

/**
 * Replaces each small `MatMul` by `SmallMatMul`, and each `UnsortedSegmentSum` of a float matrix by `SumRows`. Without
 * TensorFlow's own products, which use oneDNN, this also saves the 25 ms in which oneDNN compiles 16 kernels.
 */
export function useOwnOps({ TF_FLOAT, TF_INT32 }: Binding, { kinds, ops, ...tape }: Tape): Tape {
  const isSmall = (op: TapeOp) => {
    if (op.op !== 'MatMul' || attrOf(op, 'T') !== TF_FLOAT) return false;
    const [, columns = 0] = kindOf(kinds, factorsOf(op).product).shape;
    return multiplicationsOf(op, { kinds }) <= (columns <= NARROW ? MAX_NARROW_WORK : MAX_WORK);
  };
  const isSumOfRows = ({ op, inputs }: TapeOp) => {
    if (op !== 'UnsortedSegmentSum') return false;
    const [rows, ids] = inputs.map(id => kindOf(kinds, id));
    return rows?.shape.length === 2 && rows.dtype === TF_FLOAT && ids?.dtype === TF_INT32;
  };
  const replace = (op: TapeOp): TapeOp => {
    if (isSumOfRows(op)) return { ...op, op: 'SumRows', attrs: [] };
    if (!isSmall(op)) return op;
    return { ...op, op: 'SmallMatMul', attrs: op.attrs.filter(({ name }) => name !== 'T') };
  };
  return { ...tape, kinds, ops: ops.map(replace) };
}
