import type { Matrix } from './matrix';

/** An activation whose slope follows from its value alone. */
export interface Activation {
  readonly value: (z: number) => number;
  readonly slope: (a: number) => number;
}

/** The activations of hidden layers, by tfjs-layers' names of their classes. */
export const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  linear: { value: z => z, slope: () => 1 },
  relu: { value: z => Math.max(z, 0), slope: a => (a > 0 ? 1 : 0) },
  sigmoid: { value: z => 1 / (1 + Math.exp(-z)), slope: a => a * (1 - a) },
  tanh: { value: Math.tanh, slope: a => 1 - a * a },
};

/** Applies the activation, in place. */
export function activate({ values, columns, rowStride }: Matrix, { value }: Activation): void {
  for (let start = 0; start < values.length; start += rowStride) {
    for (let i = start; i < start + columns; i++) values[i] = value(values[i] ?? Number.NaN);
  }
}

/** Multiplies by the slope of the activation that gave `outputs`, in place. */
export function scaleBySlope(delta: Matrix, outputs: Matrix, { slope }: Activation): void {
  const [d, a] = [delta.values, outputs.values];
  for (let row = 0; row < delta.rows; row++) {
    const [i, j] = [row * delta.rowStride, row * outputs.rowStride];
    for (let column = 0; column < delta.columns; column++)
      d[i + column] = (d[i + column] ?? Number.NaN) * slope(a[j + column] ?? Number.NaN);
  }
}
