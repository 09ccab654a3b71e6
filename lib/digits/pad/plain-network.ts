/** Computes a network of Dense layers in plain JavaScript, which runs anywhere. */
import { itemAt } from '../item-at';

/** A Dense layer's parameters. */
export interface DenseLayer {
  /** Weights, `[inputs, units]`, row after row. */
  readonly kernel: Float32Array;
  /** One value a unit. */
  readonly bias: Float32Array;
  readonly activation: Activation;
}

/** The activations that are computed value by value, by Keras's names. */
const elementwise = {
  linear: x => x,
  relu: x => Math.max(0, x),
  relu6: x => Math.min(6, Math.max(0, x)),
  elu: x => (x > 0 ? x : Math.expm1(x)),
  selu: x => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x)),
  sigmoid: x => 1 / (1 + Math.exp(-x)),
  hardSigmoid: x => Math.min(1, Math.max(0, 0.2 * x + 0.5)),
  softplus: x => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x))),
  softsign: x => x / (1 + Math.abs(x)),
  tanh: Math.tanh,
  swish: x => x / (1 + Math.exp(-x)),
} satisfies Record<string, (x: number) => number>;

export type Activation = keyof typeof elementwise | 'softmax';

/** The names of all activations that {@link output} computes. */
export const activations = [...Object.keys(elementwise), 'softmax'] as Activation[];

/** Computes the output for one sample, of as many values as the first layer has inputs. */
export function output(layers: readonly DenseLayer[], input: Float32Array): Float32Array {
  return layers.reduce(dense, input);
}

function dense(input: Float32Array, { kernel, bias, activation }: DenseLayer): Float32Array {
  const units = bias.length;
  const sums = bias.slice();
  input.forEach((value, i) => {
    if (value === 0) return;
    for (let unit = 0; unit < units; unit++) {
      sums[unit] = itemAt(sums, unit) + value * itemAt(kernel, i * units + unit);
    }
  });
  return activation === 'softmax' ? softmax(sums) : sums.map(elementwise[activation]);
}

function softmax(logits: Float32Array): Float32Array {
  const largest = Math.max(...logits);
  const powers = logits.map(logit => Math.exp(logit - largest));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map(power => power / sum);
}
