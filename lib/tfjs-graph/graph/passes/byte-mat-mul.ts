import type { Binding, TensorId } from '../backend';
import { hasOwnOp } from '../own-op';
import { attrOf, type Tape, type TapeOp } from '../tape/tape';
import { TapeWriter } from '../tape/writer';

/** The op that `byte-mat-mul.cc` adds to TensorFlow. */
const OP = 'ByteMatMul';

/** For fewer columns TensorFlow's own product takes less time. */
const MIN_COLUMNS = 32;

/** The op that says which bytes are not 0, and its output's type in TensorFlow. */
const MASKS = 'ByteMasks';
const INT64 = 9;

/** Whether the addon has the ops. */
export const hasByteMatMul = (binding: Binding): boolean =>
  hasOwnOp(binding, MASKS, [binding.TF_UINT8]);

/**
 * Multiplies bytes in place of the floats that they stand for, and skips those that are 0: each
 * `MatMul` of such a matrix by another becomes a `ByteMatMul`.
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
  const bytes = new Map([...divisors.keys()].map(id => [id, bytesLike(id)]));
  /** What a tensor stands for, reshaped ones too. */
  const quotients = new Map(
    [...divisors].map(([id, divisor]) => [id, { bytes: bytes.get(id) as TensorId, divisor }]),
  );

  const known = new Map<string, TensorId>();
  /** The masks of the bytes' rows, or of those of their transpose. */
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

  for (const op of tape.ops) {
    const [a, b] = op.inputs as [TensorId, TensorId];
    const [output] = op.outputs as [TensorId];
    const left = quotients.get(a);
    if (
      left &&
      isProduct(op) &&
      !quotients.has(b) &&
      (writer.shapeOf(output)[1] ?? 0) >= MIN_COLUMNS
    ) {
      const transpose = attrOf(op, 'transpose_a') === true;
      const attrs = [writer.bool('transpose_a', transpose), writer.float('divisor', left.divisor)];
      writer.add(OP, attrs, [left.bytes, masksOf(left.bytes, transpose), b], [output]);
      continue;
    }
    writer.keep(op);
    if (left && op.op === 'Reshape') {
      const reshaped = bytesLike(output);
      writer.reshape(left.bytes, reshaped);
      quotients.set(output, { ...left, bytes: reshaped });
    }
  }
  return { tape: { ...writer.finish(), inputs: [...tape.inputs, ...bytes.values()] }, bytes };
}

/** Whether it is one that the op can take the place of. */
const isProduct = (op: TapeOp) => op.op === 'MatMul' && attrOf(op, 'transpose_b') !== true;
