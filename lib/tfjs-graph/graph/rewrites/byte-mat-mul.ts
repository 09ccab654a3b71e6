import { at } from '../../array';
import type { Binding, TensorId } from '../backend';
import { attrOf, factorsOf, type Tape, type TapeOp } from '../tape/tape';
import { TapeWriter } from '../tape/writer';

/** The op that `byte-mat-mul.cc` adds to TensorFlow. */
const OP = 'ByteMatMul';

/** For fewer columns TensorFlow's own product takes less time. */
const MIN_COLUMNS = 32;

/** The op that says which bytes are not 0, and its output's type in TensorFlow. */
const MASKS = 'ByteMasks';
const INT64 = 9;

export const isByteProduct = ({ op }: TapeOp): boolean => op === OP;

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
  divisors: ReadonlyMap<TensorId, number>,
): { tape: Tape; bytes: ReadonlyMap<TensorId, TensorId> } {
  const writer = new TapeWriter(tape, binding);
  const bytesLike = (id: TensorId) => writer.tensor(writer.shapeOf(id), binding.TF_UINT8);
  /** The bytes and the divisor of tensors, reshaped ones too. */
  const quotients = new Map(
    [...divisors].map(([id, divisor]) => [id, { bytes: bytesLike(id), divisor }]),
  );

  const bytes = new Map([...quotients].map(([id, quotient]) => [id, quotient.bytes]));

  const known = new Map<string, TensorId>();
  /** Returns the masks of the bytes' rows, or of their columns; makes them at the first call. */
  const masksOf = (id: TensorId, transpose: boolean): TensorId => {
    const key = `${id} ${transpose}`;
    const [rows = 0, columns = 0] = writer.shapeOf(id);
    const [length, bits] = transpose ? [columns, rows] : [rows, columns];
    const masks =
      known.get(key) ?? writer.tensor([length, Math.max(1, Math.ceil(bits / 64))], INT64);
    if (!known.has(key)) writer.add(MASKS, [writer.bool('transpose_a', transpose)], [id], [masks]);
    known.set(key, masks);
    return masks;
  };

  /** Returns the bytes in the place of a product's left operand; undefined if the op cannot take it. */
  const bytesIn = (op: TapeOp) => {
    if (!isProduct(op)) return undefined;
    const { left, right, product } = factorsOf(op);
    const [, columns = 0] = writer.shapeOf(product);
    return columns >= MIN_COLUMNS && !quotients.has(right) ? quotients.get(left) : undefined;
  };

  for (const op of tape.ops) {
    const bytes = bytesIn(op);
    if (bytes) {
      const { right, product } = factorsOf(op);
      const transpose = attrOf(op, 'transpose_a') === true;
      const attrs = [writer.bool('transpose_a', transpose), writer.float('divisor', bytes.divisor)];
      const inputs = [bytes.bytes, masksOf(bytes.bytes, transpose), right];
      writer.add(OP, attrs, inputs, [product]);
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

/** Says whether the op can take the place of this one. */
const isProduct = (op: TapeOp) => op.op === 'MatMul' && attrOf(op, 'transpose_b') !== true;
