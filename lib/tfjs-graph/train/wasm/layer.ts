import * as tf from '@tensorflow/tfjs';
import { at } from '../../array';
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

/** A variable, then what the optimizer keeps for it. */
export type Trainable = readonly [tf.Variable, ...tf.Variable[]];

/** What a layer multiplies by and adds, and what it makes of the sums. */
export interface Filters {
  /** `[..., inputs, outputs]`. */
  readonly kernel: Trainable;
  /** `[outputs]`. */
  readonly bias?: Trainable | undefined;
  /** None for the last layer, which ends in softmax. */
  readonly activation?: Activation | undefined;
}

/** Where the values of a variable, and of what the optimizer keeps for it, are while they are trained. */
export class Weights {
  readonly weights: Matrix;
  readonly slots: readonly Matrix[];
  readonly gradient: Matrix;
  private readonly held: { variable: tf.Variable; place: Matrix; dataId?: tf.DataId }[];

  constructor(memory: Memory, variables: Trainable) {
    const [{ shape, size }] = variables;
    const columns = shape.at(-1) ?? 1;
    const make = () => memory.matrix(size / columns, columns);
    this.held = variables.map(variable => ({ variable, place: make() }));
    const places = this.held.map(({ place }) => place);
    this.weights = at(places, 0);
    this.slots = places.slice(1);
    this.gradient = make();
  }

  /** Takes over the values of the variables that have changed since the last call. */
  load(): void {
    for (const held of this.held) {
      const { dataId } = held.variable;
      if (dataId === held.dataId) continue;
      held.place.write(held.variable.dataSync() as Float32Array);
      held.dataId = dataId;
    }
  }

  store(): void {
    for (const held of this.held) {
      const { variable, place } = held;
      tf.tidy(() => variable.assign(tf.tensor(place.read(), variable.shape)));
      held.dataId = variable.dataId;
    }
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
