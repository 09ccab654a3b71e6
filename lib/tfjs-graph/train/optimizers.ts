import * as tf from '@tensorflow/tfjs';

/** An input of an optimizer's op: the weight's slots or gradient, or the index of a scalar of the step. */
type Operand = 'slots' | 'gradient' | number;

/** An optimizer whose update of a variable is a single op of TensorFlow. */
export interface FusedOptimizer {
  readonly op: string;
  /** The equivalent WebAssembly update with the same scalars. */
  readonly wasm: 'descend' | 'momentum' | 'nesterov' | 'rmsprop' | 'adam';
  /** The optimizer's fields with slots: lists of first moments, second moments, … */
  readonly slotFields: readonly string[];
  /** Returns the factor from the optimizer's slots to the op's slots, for each list; defaults to 1. */
  scales?(): number[];
  /** Returns the scalars of a step, counted from 1. Reads the current learning rate. */
  scalars(step: number): number[];
  /** The op's inputs after the variable, in order. */
  readonly operands: readonly Operand[];
  readonly flags?: Readonly<Record<string, boolean>>;
  /**
   * The op that also computes a gradient that is a product of bytes. The inputs are the operands of the product, the
   * scalars, the variable and the slots; the outputs are the new variable and slots.
   */
  readonly withProduct?: string;
}

/** Protected fields of TensorFlow.js's optimizers. */
type Settings = Record<
  'learningRate' | 'momentum' | 'beta1' | 'beta2' | 'decay' | 'epsilon',
  number
> &
  Record<'useNesterov' | 'centered', boolean>;

/**
 * Returns the fused op of one of TensorFlow.js's optimizers; undefined without a fused op, to record the optimizer's own
 * update.
 */
export function fusedOptimizer(optimizer: tf.Optimizer): FusedOptimizer | undefined {
  // The program has wrapped the method, such as to clip gradients.
  if (Object.hasOwn(optimizer, 'applyGradients')) return undefined;
  return FUSED.get(optimizer.constructor)?.(optimizer as unknown as Settings);
}

const sgd = (settings: Settings): FusedOptimizer => ({
  op: 'ResourceApplyGradientDescent',
  wasm: 'descend',
  slotFields: [],
  scalars: () => [settings.learningRate],
  operands: [0, 'gradient'],
});

const momentum = (settings: Settings): FusedOptimizer => ({
  op: 'ResourceApplyMomentum',
  wasm: settings.useNesterov ? 'nesterov' : 'momentum',
  slotFields: ['accumulations'],
  scalars: () => [settings.learningRate, settings.momentum],
  operands: ['slots', 0, 'gradient', 1],
  flags: { use_nesterov: settings.useNesterov },
});

/**
 * Kingma and Ba's Adam (end of section 2), with the bias correction in the learning rate. TensorFlow.js adds epsilon
 * after the correction of `sqrt(v)`, the op before.
 *
 * The op computes 1 - beta in float32 (0.00099998713 for 0.999), TensorFlow.js only for the bias correction, not for the
 * moments. Moments are proportional to this factor, so the op's moments are scaled, and rate and epsilon compensate up
 * to rounding.
 */
const adam = (settings: Settings): FusedOptimizer => ({
  op: 'ResourceApplyAdam',
  wasm: 'adam',
  slotFields: ['accumulatedFirstMoment', 'accumulatedSecondMoment'],
  scales: () => [settings.beta1, settings.beta2].map(beta => (1 - Math.fround(beta)) / (1 - beta)),
  scalars(step) {
    const { learningRate, epsilon } = settings;
    const [beta1, beta2] = [Math.fround(settings.beta1), Math.fround(settings.beta2)];
    const [first = 1, second = 1] = this.scales?.() ?? [];
    const correction = Math.sqrt(1 - Math.fround(beta2 ** step));
    const rate = (learningRate * correction) / (1 - Math.fround(beta1 ** step));
    const root = Math.sqrt(second);
    return [(rate * root) / first, beta1, beta2, epsilon * correction * root, 0];
  },
  // Powers of beta are 0, because the rate includes the correction.
  operands: ['slots', 4, 4, 0, 1, 2, 3, 'gradient'],
  withProduct: 'ByteMatMulAdam',
});

const rmsprop = (settings: Settings): FusedOptimizer => ({
  op: 'ResourceApplyRMSProp',
  wasm: 'rmsprop',
  slotFields: ['accumulatedMeanSquares', 'accumulatedMoments'],
  scalars: () => [settings.learningRate, settings.decay, settings.momentum, settings.epsilon],
  operands: ['slots', 0, 1, 2, 3, 'gradient'],
});

const FUSED = new Map<unknown, (settings: Settings) => FusedOptimizer | undefined>([
  [tf.SGDOptimizer, sgd],
  [tf.MomentumOptimizer, momentum],
  [tf.AdamOptimizer, adam],
  // TensorFlow's centered op applies epsilon differently.
  [tf.RMSPropOptimizer, settings => (settings.centered ? undefined : rmsprop(settings))],
]);
