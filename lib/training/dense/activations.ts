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

/** Adds the bias and applies the activation, in place; without one, softmax over the rows. */
export function activate(
  z: Float32Array,
  rows: number,
  bias: Float32Array | undefined,
  activation: Activation | undefined,
): void {
  const columns = z.length / rows;
  for (let row = 0, i = 0; row < rows; row++) {
    const b = bias?.[row] ?? 0;
    for (let column = 0; column < columns; column++, i++) {
      const sum = (z[i] as number) + b;
      z[i] = activation ? activation.value(sum) : sum;
    }
  }
  if (!activation) softmax(z, rows);
}

/** Multiplies by the slope of the activation that gave `outputs`, in place. */
export function scaleBySlope(
  delta: Float32Array,
  outputs: Float32Array,
  { slope }: Activation,
): void {
  for (let i = 0; i < delta.length; i++)
    delta[i] = (delta[i] as number) * slope(outputs[i] as number);
}

/** Turns each column into probabilities, in place. */
function softmax(z: Float32Array, rows: number): void {
  const columns = z.length / rows;
  for (let column = 0; column < columns; column++) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let i = column; i < z.length; i += columns) largest = Math.max(largest, z[i] as number);
    let sum = 0;
    for (let i = column; i < z.length; i += columns) {
      const e = Math.exp((z[i] as number) - largest);
      z[i] = e;
      sum += e;
    }
    for (let i = column; i < z.length; i += columns) z[i] = (z[i] as number) / sum;
  }
}
