import * as tf from '@tensorflow/tfjs';
import { withValues } from '../with-values';

/** An input of an optimizer's op: the slots of the weight, its gradient, or one of the step's numbers. */
type Operand = 'slots' | 'gradient' | { readonly scalar: number };

/** An optimizer whose update of a variable is a single op of TensorFlow. */
export interface FusedOptimizer {
  readonly op: string;
  /** The kernel of WebAssembly that does the same, given the same numbers. */
  readonly wasm: 'descend' | 'momentum' | 'nesterov' | 'rmsprop' | 'adam';
  /** Variables that it keeps for each weight: all first moments, then all second ones, … */
  readonly slots: number;
  /** Numbers of a step, the first step being 1; read anew each time, as the rates may change. */
  scalars(step: number): number[];
  /** The op's inputs after the variable, in order. */
  readonly operands: readonly Operand[];
  readonly flags?: Readonly<Record<string, boolean>>;
  /**
   * The op that also computes the gradient, if that is a product of bytes: from the operands of the product, the
   * numbers of a step, the variable and its slots. It returns the new variable and slots.
   */
  readonly withProduct?: string;
}

/** The settings that TensorFlow.js keeps as protected fields. */
type Settings = Record<
  'learningRate' | 'momentum' | 'beta1' | 'beta2' | 'decay' | 'epsilon',
  number
> &
  Record<'useNesterov' | 'centered', boolean>;

/**
 * Returns the op, and the kernel, that does what an optimizer of TensorFlow.js does in many small ones.
 *
 * @returns undefined if there is none: then the optimizer's own steps are recorded.
 */
export function fusedOptimizer(optimizer: tf.Optimizer): FusedOptimizer | undefined {
  return FUSED.get(optimizer.constructor)?.(optimizer as unknown as Settings);
}

/** Returns the number of a step at this place in {@link FusedOptimizer.scalars}. */
const scalar = (place: number): Operand => ({ scalar: place });

const sgd = (settings: Settings): FusedOptimizer => ({
  op: 'ResourceApplyGradientDescent',
  wasm: 'descend',
  slots: 0,
  scalars: () => [settings.learningRate],
  operands: [scalar(0), 'gradient'],
});

const momentum = (settings: Settings): FusedOptimizer => ({
  op: 'ResourceApplyMomentum',
  wasm: settings.useNesterov ? 'nesterov' : 'momentum',
  slots: 1,
  scalars: () => [settings.learningRate, settings.momentum],
  operands: ['slots', scalar(0), 'gradient', scalar(1)],
  flags: { use_nesterov: settings.useNesterov },
});

/**
 * Kingma and Ba's Adam in the form of their section 2: the correction of the bias is in the
 * learning rate, and what divides is `sqrt(v) + epsilon`, as in Keras.
 *
 * The op computes 1 - beta in float32, where 0.999 leaves 0.00099998713. Keras does so too in the
 * correction of the bias, but not in the moments. A moment follows that factor, so rate and epsilon
 * make up for it: what remains between the two is rounding.
 */
const adam = (settings: Settings): FusedOptimizer => ({
  op: 'ResourceApplyAdam',
  wasm: 'adam',
  slots: 2,
  scalars(step) {
    const { learningRate, epsilon } = settings;
    const beta1 = Math.fround(settings.beta1);
    const beta2 = Math.fround(settings.beta2);
    const first = (1 - beta1) / (1 - settings.beta1);
    const second = Math.sqrt((1 - beta2) / (1 - settings.beta2));
    const rate =
      (learningRate * Math.sqrt(1 - Math.fround(beta2 ** step))) / (1 - Math.fround(beta1 ** step));
    return [(rate * second) / first, beta1, beta2, epsilon * second, 0];
  },
  // The powers of beta are 0: the rate has the correction already.
  operands: ['slots', ...[4, 4, 0, 1, 2, 3].map(scalar), 'gradient'],
  withProduct: 'ByteMatMulAdam',
});

const rmsprop = (settings: Settings): FusedOptimizer => ({
  op: 'ResourceApplyRMSProp',
  wasm: 'rmsprop',
  slots: 2,
  scalars: () => [settings.learningRate, settings.decay, settings.momentum, settings.epsilon],
  operands: ['slots', ...[0, 1, 2, 3].map(scalar), 'gradient'],
});

const FUSED = new Map<unknown, (settings: Settings) => FusedOptimizer | undefined>([
  [tf.SGDOptimizer, sgd],
  [tf.MomentumOptimizer, momentum],
  [tf.AdamOptimizer, adam],
  // TensorFlow's centred op subtracts epsilon elsewhere than TensorFlow.js does.
  [tf.RMSPropOptimizer, settings => (settings.centered ? undefined : rmsprop(settings))],
]);

/**
 * Runs `step`, in which TensorFlow.js's own optimizer updates the weights, so that Adam gives what
 * it gives elsewhere: TensorFlow.js adds epsilon to the corrected `sqrt(v)`, Keras to the one before
 * the correction.
 */
export function withEpsilonAsInKeras<T>(optimizer: tf.Optimizer, step: () => T): T {
  const { iterations } = optimizer;
  // `instanceof` takes every optimizer of TensorFlow.js for an Adam.
  if (optimizer.constructor !== tf.AdamOptimizer) return step();
  const settings = optimizer as unknown as Settings;
  const own = settings.epsilon / Math.sqrt(1 - settings.beta2 ** (iterations + 1));
  return withValues(settings, { epsilon: own }, step);
}
