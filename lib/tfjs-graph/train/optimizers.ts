import * as tf from '@tensorflow/tfjs';

/** An input of an optimizer's op: the slots of the weight, its gradient, or one of the step's numbers. */
type Operand = 'slots' | 'gradient' | { readonly scalar: number };

/** An optimizer whose update of a variable is a single op of TensorFlow. */
export interface FusedOptimizer {
  readonly op: string;
  /** The kernel of WebAssembly that does the same, given the same numbers. */
  readonly wasm: 'descend' | 'momentum' | 'nesterov' | 'rmsprop' | 'adam';
  /** Returns the variables that it keeps for the weights: all first moments, then all second ones, … */
  slotsOf(optimizer: tf.Optimizer): tf.Variable[][];
  /** Returns for each of these the factor by which the op's numbers differ from the optimizer's; defaults to 1. */
  scales?(): number[];
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
  // A program may have wrapped it, such as to clip gradients.
  if (Object.hasOwn(optimizer, 'applyGradients')) return undefined;
  return FUSED.get(optimizer.constructor)?.(optimizer as unknown as Settings);
}

/** An optimizer's fields with the slots of the weights, in their order. */
type SlotFields = Readonly<Record<string, readonly { readonly variable: tf.Variable }[]>>;

/** Reads slots from the fields in which an optimizer of TensorFlow.js keeps them. */
const slotsIn =
  (...fields: readonly string[]) =>
  (optimizer: tf.Optimizer): tf.Variable[][] =>
    fields.map(field =>
      ((optimizer as unknown as SlotFields)[field] ?? []).map(({ variable }) => variable),
    );

/** Returns the number of a step at this place in {@link FusedOptimizer.scalars}. */
const scalar = (place: number): Operand => ({ scalar: place });

const sgd = (settings: Settings): FusedOptimizer => ({
  op: 'ResourceApplyGradientDescent',
  wasm: 'descend',
  slotsOf: () => [],
  scalars: () => [settings.learningRate],
  operands: [scalar(0), 'gradient'],
});

const momentum = (settings: Settings): FusedOptimizer => ({
  op: 'ResourceApplyMomentum',
  wasm: settings.useNesterov ? 'nesterov' : 'momentum',
  slotsOf: slotsIn('accumulations'),
  scalars: () => [settings.learningRate, settings.momentum],
  operands: ['slots', scalar(0), 'gradient', scalar(1)],
  flags: { use_nesterov: settings.useNesterov },
});

/**
 * Kingma and Ba's Adam in the form of their section 2: the correction of the bias is in the learning
 * rate. TensorFlow.js adds epsilon to the corrected `sqrt(v)`, the op to the one before the correction.
 *
 * The op computes 1 - beta in float32, where 0.999 leaves 0.00099998713. TensorFlow.js does so too in
 * the correction of the bias, but not in the moments. A moment is proportional to that factor, so the op's
 * moments are scaled, and rate and epsilon compensate for that: the remaining difference is rounding.
 */
const adam = (settings: Settings): FusedOptimizer => ({
  op: 'ResourceApplyAdam',
  wasm: 'adam',
  slotsOf: slotsIn('accumulatedFirstMoment', 'accumulatedSecondMoment'),
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
  // The powers of beta are 0: the rate has the correction already.
  operands: ['slots', ...[4, 4, 0, 1, 2, 3].map(scalar), 'gradient'],
  withProduct: 'ByteMatMulAdam',
});

const rmsprop = (settings: Settings): FusedOptimizer => ({
  op: 'ResourceApplyRMSProp',
  wasm: 'rmsprop',
  slotsOf: slotsIn('accumulatedMeanSquares', 'accumulatedMoments'),
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
