import type { Binding, TensorId } from './native';
import { hasOwnOp } from './own-op';
import { attrOf, type Tape, type TapeOp } from './tape';
import { TapeWriter } from './tape-writer';

/** The op that `byte-mat-mul.cc` adds to TensorFlow. */
const OP = 'ByteMatMul';

/** For fewer columns TensorFlow's own product takes less time. */
const MIN_COLUMNS = 32;

/** Whether the addon has the op. */
export const hasByteMatMul = (binding: Binding): boolean =>
  hasOwnOp(binding, OP, [binding.TF_UINT8, binding.TF_FLOAT]);

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
      const attrs = [
        writer.bool('transpose_a', attrOf(op, 'transpose_a') === true),
        writer.float('divisor', left.divisor),
      ];
      writer.add(OP, attrs, [left.bytes, b], [output]);
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
