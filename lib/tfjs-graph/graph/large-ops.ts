import { at } from '../array';
import { kindOf, multiplicationsOf, type Tape, type TapeOp } from './tape/tape';

/** Multiplications from which on an op gains by being divided, with all that is small beside it. */
const LARGE = { product: 2 ** 24, convolution: 2 ** 25 };

/**
 * Says whether a recording has ops that are large, and that no pass has divided into parts: TensorFlow's own
 * convolutions and, where no matrix is divided, products. TensorFlow computes an op on one core unless
 * all ops of its graph may be divided among several. Those of an LSTM take 1.2 times as long then, those of
 * a convolution over a sequence 1.3 times, and the lesson's 1.6 times; those of keras-io's mnist_convnet, by
 * TensorFlow's convolutions, 0.7 times.
 *
 * @param divided whether matrices are divided.
 */
export const hasLargeOps = (tape: Tape, divided: boolean): boolean =>
  tape.ops.some(
    op =>
      convolved(op, tape) >= LARGE.convolution ||
      (!divided && multiplicationsOf(op, tape) >= LARGE.product),
  );

/** Counts the multiplications of a convolution's own values, those of its gradients being as many; else 0. */
function convolved({ op, inputs, outputs }: TapeOp, { kinds }: Pick<Tape, 'kinds'>): number {
  if (!/^(Conv[23]D|DepthwiseConv2dNative)$/.test(op)) return 0;
  const size = (shape: readonly number[]) => shape.reduce((product, length) => product * length, 1);
  const result = kindOf(kinds, at(outputs, 0)).shape;
  const filter = kindOf(kinds, at(inputs, 1)).shape;
  // Of a depthwise one, the last two axes say for which channel a filter is.
  return size(result) * size(filter.slice(0, op.startsWith('Conv') ? -1 : -2));
}
