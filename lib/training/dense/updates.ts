import type { FusedOptimizer } from '../optimizers';
import type { Parameter } from './parameter';

/** Changes a parameter in place, given its gradient and the step's numbers. */
export type Update = (
  parameter: Parameter,
  gradient: Float32Array,
  scalars: readonly number[],
) => void;

/** What TensorFlow's op of an optimizer does, in JavaScript; undefined for those not written here. */
export const updateOf = (optimizer: FusedOptimizer): Update | undefined => UPDATES[optimizer.op];

const UPDATES: Readonly<Record<string, Update>> = {
  ResourceApplyGradientDescent({ values }, gradient, [rate = 0]) {
    for (let i = 0; i < values.length; i++) values[i] = at(values, i) - rate * at(gradient, i);
  },

  ResourceApplyAdam({ values, slots }, gradient, [, rate = 0, beta1 = 0, beta2 = 0, epsilon = 0]) {
    const [m, v] = slots as [Float32Array, Float32Array];
    for (let i = 0; i < values.length; i++) {
      const g = at(gradient, i);
      const first = at(m, i) + (g - at(m, i)) * (1 - beta1);
      const second = at(v, i) + (g * g - at(v, i)) * (1 - beta2);
      m[i] = first;
      v[i] = second;
      values[i] = at(values, i) - (rate * first) / (Math.sqrt(second) + epsilon);
    }
  },
};

/** An element that is there. */
const at = (array: Float32Array, i: number) => array[i] as number;
