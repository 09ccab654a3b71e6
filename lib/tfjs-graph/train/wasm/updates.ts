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

/** Takes a step, given the addresses of the weights, the gradient and the slots, and their length. */
type Step = (
  kernels: Kernels,
  arrays: { w: number; g: number; slot: (place: number) => number; length: number },
  scalar: (place: number) => number,
) => void;

/** TensorFlow.js's, which keeps it from dividing by 0. */
const ADAGRAD_EPSILON = 1e-7;

/** Returns what TensorFlow's op of an optimizer does; undefined for those not written here. */
export function updateOf({ op, flags }: FusedOptimizer): Update | undefined {
  const step = STEPS[flags?.use_nesterov ? `${op}/nesterov` : op];
  return (
    step &&
    ((kernels, { weights, gradient, slots }, scalars) => {
      const slot = (place: number) => at(slots, place).address;
      const arrays = { w: weights.address, g: gradient.address, slot, length: lengthOf(weights) };
      step(kernels, arrays, place => at(scalars, place));
    })
  );
}

const STEPS: Readonly<Record<string, Step>> = {
  ResourceApplyGradientDescent(kernels, { w, g, length }, scalar) {
    kernels.descend(w, g, length, scalar(0));
  },
  ResourceApplyMomentum(kernels, { w, g, slot, length }, scalar) {
    kernels.momentum(w, g, slot(0), length, scalar(0), scalar(1));
  },
  'ResourceApplyMomentum/nesterov'(kernels, { w, g, slot, length }, scalar) {
    kernels.nesterov(w, g, slot(0), length, scalar(0), scalar(1));
  },
  ResourceApplyRMSProp(kernels, { w, g, slot, length }, scalar) {
    const [rate, decay, share, epsilon] = [scalar(0), scalar(1), scalar(2), scalar(3)];
    kernels.rmsprop(w, g, slot(0), slot(1), length, rate, 1 - decay, share, epsilon);
  },
  ResourceApplyAdagrad(kernels, { w, g, slot, length }, scalar) {
    kernels.adagrad(w, g, slot(0), length, scalar(0), ADAGRAD_EPSILON);
  },
  ResourceApplyAdam(kernels, { w, g, slot, length }, scalar) {
    const [rate, beta1, beta2, epsilon] = [scalar(0), scalar(1), scalar(2), scalar(3)];
    kernels.adam(w, g, slot(0), slot(1), length, rate, 1 - beta1, 1 - beta2, epsilon);
  },
};

/** In bytes. */
const lengthOf = ({ rows, rowStride }: Matrix) => rows * rowStride * FLOAT;
