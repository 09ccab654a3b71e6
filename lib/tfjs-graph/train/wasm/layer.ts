import * as tf from '@tensorflow/tfjs';
import type { Matrix, Memory } from './memory';

/** A layer in training, on samples that lie in the rows of matrices. */
export interface Layer {
  /** `[samples, size]`. */
  readonly output: Matrix;
  /** The gradient of the loss with respect to the output; of a layer that ends in softmax, to its logits. */
  readonly delta: Matrix;
  readonly weights: readonly Weights[];
  /** Computes the output of the first samples of the input. */
  forward(samples: number, training: boolean): void;
  /**
   * Computes, from `delta`, the gradients of the weights and of the input.
   *
   * @param deltaBelow takes the gradient of the input, if anything needs it.
   */
  backward(samples: number, deltaBelow: Matrix | undefined): void;
}

export type MakeLayer = (memory: Memory, input: Matrix) => Layer;

export interface Trainable {
  readonly variable: tf.Variable;
  readonly slots: readonly tf.Variable[];
}

/** What a layer multiplies by and adds, and what it makes of the sums. */
export interface Filters {
  /** `[..., inputs, outputs]`. */
  readonly kernel: Trainable;
  /** `[outputs]`. */
  readonly bias?: Trainable | undefined;
  /** None for the last layer, which ends in softmax. */
  readonly activation?: Activation | undefined;
}

export class Weights {
  readonly weights: Matrix;
  readonly gradient: Matrix;
  readonly slots: readonly Matrix[];
  readonly parameters: readonly Parameter[];

  constructor(memory: Memory, { variable, slots }: Trainable) {
    const columns = variable.shape.at(-1) ?? 1;
    const rows = variable.size / columns;
    const placed = (of: tf.Variable) => new Parameter(of, memory.matrix(rows, columns));
    const weights = placed(variable);
    const kept = slots.map(placed);
    this.weights = weights.place;
    this.gradient = memory.matrix(rows, columns);
    this.slots = kept.map(({ place }) => place);
    this.parameters = [weights, ...kept];
  }
}

/** A variable, and where its values are while they are trained. */
export class Parameter {
  private dataId: tf.DataId | undefined;

  constructor(
    private readonly variable: tf.Variable,
    readonly place: Matrix,
  ) {}

  /** Takes over the variable's values if they have changed since the last call. */
  load(): void {
    const { variable } = this;
    if (variable.dataId === this.dataId) return;
    this.place.write(variable.dataSync() as Float32Array);
    this.dataId = variable.dataId;
  }

  store(): void {
    const { variable } = this;
    tf.tidy(() => variable.assign(tf.tensor(this.place.read(), variable.shape)));
    this.dataId = variable.dataId;
  }
}

/** An activation whose slope follows from its value alone. */
export interface Activation {
  readonly apply: (memory: Memory, z: Matrix) => void;
  /** Multiplies a gradient, in place, by the slope at these outputs. Both have rows of one length. */
  readonly scaleBySlope: (memory: Memory, gradient: Matrix, outputs: Matrix) => void;
}

/** The activations of hidden layers, by tfjs-layers' names of their classes. */
export const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  linear: { apply() {}, scaleBySlope() {} },
  relu: {
    apply: (memory, z) => memory.apply('relu', z),
    scaleBySlope: (memory, gradient, outputs) => memory.apply('reluSlope', gradient, [outputs]),
  },
  sigmoid: pointwise(
    z => 1 / (1 + Math.exp(-z)),
    a => a * (1 - a),
  ),
  tanh: pointwise(Math.tanh, a => 1 - a * a),
};

function pointwise(value: (z: number) => number, slope: (a: number) => number): Activation {
  return {
    apply(_, { values, columns, rowStride }) {
      for (let start = 0; start < values.length; start += rowStride) {
        for (let i = start; i < start + columns; i++) values[i] = value(values[i] ?? Number.NaN);
      }
    },
    scaleBySlope(_, { values: g, columns, rowStride }, { values: a }) {
      for (let start = 0; start < g.length; start += rowStride) {
        for (let i = start; i < start + columns; i++)
          g[i] = (g[i] ?? Number.NaN) * slope(a[i] ?? Number.NaN);
      }
    },
  };
}
