import { multiplicationsOf, type Tape, type TapeOp } from './tape/tape';

/** A product of fewer multiplications loses by being divided, with all that is small beside it. */
const LARGE = 2 ** 24;

/**
 * Says whether a recording has ops that are large, and that no pass has divided into parts: TensorFlow's own
 * convolutions and, where no matrix is divided, large products. TensorFlow computes an op on one core unless
 * all ops of its graph may be divided among several. Those of an LSTM take 1.2 times as long then, and the
 * lesson's 1.6 times; those of keras-io's mnist_convnet, by TensorFlow's convolutions, 0.7 times.
 *
 * @param divided whether matrices are divided.
 */
export const hasLargeOps = (tape: Tape, divided: boolean): boolean =>
  tape.ops.some(op => isConvolution(op) || (!divided && multiplicationsOf(op, tape) >= LARGE));

const isConvolution = ({ op }: TapeOp) => /^(Conv[23]D|DepthwiseConv2d)/.test(op);
