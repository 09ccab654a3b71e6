/** Products by ops of our own: of bytes, and of small matrices; and sums of rows. */
import { at } from '../../array';
import type { Binding, TensorId } from '../backend';
import { attrOf, factorsOf, kindOf, multiplicationsOf, type Tape, type TapeOp } from '../tape/tape';
import { TapeWriter } from '../tape/writer';

/** TensorFlow's number of the type of masks. */
const INT64 = 9;

/** The columns that our ops compute together. For fewer columns, TensorFlow's own product takes less time. */
export const BYTE_COLUMNS = 32;

export const isByteProduct = ({ op }: TapeOp): boolean => op === 'ByteMatMul';

/**
 * Multiplies bytes in place of the floats that they stand for, and skips those that are 0: each
 * `MatMul` of such a matrix by another becomes a `ByteMatMul`. TensorFlow's `SparseMatMul` would not
 * do: on pictures it takes three times as long as `MatMul`, and more.
 *
 * @param divisors tensors that the tape is given, and the number by which the bytes are divided that
 * each of them stands for.
 * @returns the tape, and for each of those tensors that of its bytes, of the same shape, which the
 * tape is to be given too.
 */
export function multiplyBytes(
  tape: Tape,
  binding: Binding,
  divisors: ReadonlyMap<TensorId, { readonly divisor: number }>,
): { tape: Tape; bytes: ReadonlyMap<TensorId, TensorId> } {
  const writer = new TapeWriter(tape, binding);
  const bytesLike = (id: TensorId) => writer.tensor(writer.shapeOf(id), binding.TF_UINT8);
  /** The bytes and the divisor of tensors, reshaped ones too. */
  const quotients = new Map(
    Array.from(divisors, ([id, { divisor }]) => [id, { bytes: bytesLike(id), divisor }]),
  );
  const bytes = new Map(Array.from(quotients, ([id, quotient]) => [id, quotient.bytes]));

  const isTransposed = (op: TapeOp) => attrOf(op, 'transpose_a') === true;
  const withColumns = writer.bool('columns', tape.ops.some(isTransposed));
  const masks = new Map<TensorId, readonly TensorId[]>();
  /** Returns the masks of the rows of bytes, and of their columns; adds their op at the first call. */
  const masksOf = (id: TensorId): readonly TensorId[] => {
    const known = masks.get(id);
    if (known) return known;
    const [rows = 0, columns = 0] = writer.shapeOf(id);
    const masksFor = (length: number, bits: number) =>
      writer.tensor([length, Math.max(1, Math.ceil(bits / 64))], INT64);
    const added = [masksFor(rows, columns), masksFor(columns, rows)];
    writer.add('ByteMasks', [withColumns], [id], added);
    masks.set(id, added);
    return added;
  };

  /** Returns the bytes in the place of a product's left operand; undefined if the op cannot take it. */
  const bytesIn = (op: TapeOp) => {
    if (op.op !== 'MatMul' || attrOf(op, 'transpose_b') === true) return undefined;
    const { left, right, product } = factorsOf(op);
    const [, columns = 0] = writer.shapeOf(product);
    return columns >= BYTE_COLUMNS && !quotients.has(right) ? quotients.get(left) : undefined;
  };

  for (const op of tape.ops) {
    const own = bytesIn(op);
    if (own) {
      const { right, product } = factorsOf(op);
      const transpose = isTransposed(op);
      const attrs = [writer.bool('transpose_a', transpose), writer.float('divisor', own.divisor)];
      const operands = [own.bytes, at(masksOf(own.bytes), transpose ? 1 : 0), right];
      writer.add('ByteMatMul', attrs, operands, [product]);
      continue;
    }
    writer.keep(op);
    const from = op.op === 'Reshape' ? quotients.get(at(op.inputs, 0)) : undefined;
    if (!from) continue;
    const output = at(op.outputs, 0);
    const reshaped = bytesLike(output);
    writer.reshape(from.bytes, reshaped);
    quotients.set(output, { ...from, bytes: reshaped });
  }
  return { tape: { ...writer.finish(), inputs: [...tape.inputs, ...bytes.values()] }, bytes };
}

/** For more multiplications TensorFlow's own product takes less time, unless it has few columns. */
const MOST = 2 ** 18;
const [MOST_NARROW, NARROW] = [2 ** 22, 16];

/**
 * Makes each small `MatMul` a `SmallMatMul`, and each `UnsortedSegmentSum` of a matrix of floats `SumRows`. Where
 * none of its own products is left, TensorFlow saves the 25 ms in which oneDNN compiles sixteen kernels before
 * the first of them; Eigen's products call oneDNN too.
 */
export function useOwnOps({ TF_FLOAT, TF_INT32 }: Binding, { kinds, ops, ...tape }: Tape): Tape {
  const isSmall = (op: TapeOp) => {
    if (op.op !== 'MatMul' || attrOf(op, 'T') !== TF_FLOAT) return false;
    const [, columns = 0] = kindOf(kinds, factorsOf(op).product).shape;
    return multiplicationsOf(op, { kinds }) <= (columns <= NARROW ? MOST_NARROW : MOST);
  };
  const isOfRows = ({ op, inputs }: TapeOp) => {
    if (op !== 'UnsortedSegmentSum') return false;
    const [rows, ids] = inputs.map(id => kindOf(kinds, id));
    return rows?.shape.length === 2 && rows.dtype === TF_FLOAT && ids?.dtype === TF_INT32;
  };
  const ours = (op: TapeOp): TapeOp => {
    if (isOfRows(op)) return { ...op, op: 'SumRows', attrs: [] };
    if (!isSmall(op)) return op;
    return { ...op, op: 'SmallMatMul', attrs: op.attrs.filter(({ name }) => name !== 'T') };
  };
  return { ...tape, kinds, ops: ops.map(ours) };
}
