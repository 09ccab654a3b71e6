import type { Binding } from '../backend';
import { attrOf, factorsOf, kindOf, multiplicationsOf, type Tape, type TapeOp } from '../tape/tape';

/** The op that `small-mat-mul.cc` adds to TensorFlow. */
const OP = 'SmallMatMul';

/** For more multiplications TensorFlow's own product takes less time, unless it has few columns. */
const MOST = 2 ** 18;
const [MOST_NARROW, NARROW] = [2 ** 22, 16];

/**
 * Multiplies small matrices by an op of our own: each small `MatMul` becomes a
 * `SmallMatMul`. Where none of its own products is left, TensorFlow saves the 25 ms in which oneDNN
 * compiles sixteen kernels before the first of them; Eigen's products call oneDNN too.
 */
export function multiplySmall({ TF_FLOAT }: Binding, tape: Tape): Tape {
  const isSmall = (op: TapeOp) => {
    if (op.op !== 'MatMul' || attrOf(op, 'T') !== TF_FLOAT) return false;
    const [, columns = 0] = kindOf(tape.kinds, factorsOf(op).product).shape;
    return multiplicationsOf(op, tape) <= (columns <= NARROW ? MOST_NARROW : MOST);
  };

  const ours = (op: TapeOp): TapeOp => ({
    ...op,
    op: OP,
    attrs: op.attrs.filter(({ name }) => name !== 'T'),
  });
  return { ...tape, ops: tape.ops.map(op => (isSmall(op) ? ours(op) : op)) };
}
