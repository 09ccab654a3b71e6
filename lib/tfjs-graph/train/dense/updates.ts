import type { FusedOptimizer } from '../optimizers';
import type { Kernels } from './kernels';
import { FLOAT, type Matrix } from './matrix';

/** Weights in training, and what goes with them: matrices of one shape. */
export interface Trained {
  readonly weights: Matrix;
  readonly gradient: Matrix;
  /** What the optimizer keeps for them. */
  readonly slots: readonly Matrix[];
}

/** Changes weights in place, given the step's numbers. */
export type Update = (kernels: Kernels, trained: Trained, scalars: readonly number[]) => void;

/** What TensorFlow's op of an optimizer does; undefined for those not written here. */
export const updateOf = (optimizer: FusedOptimizer): Update | undefined => UPDATES[optimizer.op];

const UPDATES: Readonly<Record<string, Update>> = {
  ResourceApplyGradientDescent(kernels, { weights, gradient }, [rate = 0]) {
    kernels.descend(weights.address, gradient.address, lengthOf(weights), rate);
  },

  ResourceApplyAdam(kernels, { weights, gradient, slots }, scalars) {
    const [rate = 0, beta1 = 0, beta2 = 0, epsilon = 0] = scalars;
    const [m, v] = slots as [Matrix, Matrix];
    kernels.adam(
      weights.address,
      gradient.address,
      m.address,
      v.address,
      lengthOf(weights),
      rate,
      1 - beta1,
      1 - beta2,
      epsilon,
    );
  },
};

/** In bytes. */
const lengthOf = ({ rows, rowStride }: Matrix) => rows * rowStride * FLOAT;
