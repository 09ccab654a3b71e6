import type { TensorId } from './backend';
import { attrOf, type Tape, type TapeOp } from './tape/tape';

/** A product of fewer multiplications loses by being divided, with all that is small beside it. */
const LARGE = 2 ** 24;

/**
 * Says whether a recording has ops that are large, and that no pass has divided into parts: TensorFlow's own
 * convolutions and, where no matrix is divided, large products. TensorFlow computes an op on one core unless
 * all ops of its graph may be divided among several. Those of an LSTM take 1.2 times as long then, and the
 * lesson's 1.6 times; those of a convolution by steps of two 0.7 times.
 *
 * @param divided whether matrices are divided.
 */
export const hasLargeOps = (tape: Tape, divided: boolean): boolean =>
  tape.ops.some(op => isConvolution(op) || (!divided && multiplications(op, tape) >= LARGE));

const isConvolution = ({ op }: TapeOp) => /^(Conv[23]D|DepthwiseConv2d)/.test(op);

/** Of a product of matrices; 0 for any other op. */
function multiplications(op: TapeOp, { kinds }: Tape): number {
  if (!/^(MatMul|BatchMatMulV2)$/.test(op.op)) return 0;
  const shapeOf = (id?: TensorId) => (id === undefined ? [] : (kinds.get(id)?.shape ?? []));
  const transposed = attrOf(op, 'transpose_a') === true || attrOf(op, 'adj_x') === true;
  const inner = shapeOf(op.inputs[0]).at(transposed ? -2 : -1) ?? 0;
  return shapeOf(op.outputs[0]).reduce((size, length) => size * length, inner);
}
