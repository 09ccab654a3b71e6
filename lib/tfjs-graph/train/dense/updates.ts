import { at } from '../../present';
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

/** Returns what TensorFlow's op of an optimizer does; undefined for those not written here. */
export const updateOf = (optimizer: FusedOptimizer): Update | undefined => UPDATES[optimizer.op];

const UPDATES: Readonly<Record<string, Update>> = {
  ResourceApplyGradientDescent(kernels, { weights, gradient }, scalars) {
    kernels.descend(weights.address, gradient.address, lengthOf(weights), at(scalars, 0));
  },

  ResourceApplyAdam(kernels, { weights, gradient, slots }, scalars) {
    kernels.adam(
      weights.address,
      gradient.address,
      at(slots, 0).address,
      at(slots, 1).address,
      lengthOf(weights),
      at(scalars, 0),
      1 - at(scalars, 1),
      1 - at(scalars, 2),
      at(scalars, 3),
    );
  },
};

/** In bytes. */
const lengthOf = ({ rows, rowStride }: Matrix) => rows * rowStride * FLOAT;
