import type { Matrix, Memory } from './memory';

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
