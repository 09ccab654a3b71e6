/**
 * Computes a network of Dense layers in plain JavaScript, which runs anywhere; packs its parameters as
 * short text, one byte a weight or half of one, and unpacks them.
 */
import { fromBase64, toBase64 } from '../format';
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
export const elementwise = {
  linear: x => x,
  relu: x => Math.max(0, x),
  relu6: x => Math.min(6, Math.max(0, x)),
  elu: x => (x > 0 ? x : Math.expm1(x)),
  selu: x => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x)),
  sigmoid: x => 1 / (1 + Math.exp(-x)),
  hardSigmoid: x => Math.min(1, Math.max(0, 0.2 * x + 0.5)),
  softplus: x => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x))),
  softsign: x => x / (1 + Math.abs(x)),
  tanh: x => Math.tanh(x),
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

/** A {@link DenseLayer} as JSON holds it, its numbers in base64. */
export interface PackedLayer {
  /** Whole numbers of `bits`, `[inputs, units]`; a weight is this times its unit's scale. */
  readonly kernel: string;
  /** Bits of a weight; of 4, the lower half of a byte comes first. Defaults to 8. */
  readonly bits?: 4 | 8;
  /** float32, one a unit. */
  readonly scale: string;
  /** float32, one a unit. */
  readonly bias: string;
  readonly activation: Activation;
}

/** A {@link DenseLayer} before training: JSON holds where its chance begins, and no weights. */
export interface InitialLayer {
  readonly inputs: number;
  readonly units: number;
  readonly seed: number;
  readonly activation: Activation;
}

/** Packs a layer. A weight moves by no more than 1/254 of the largest of its unit; of 4 bits, 1/14. */
export function pack({ kernel, bias, activation }: DenseLayer, bits: 4 | 8 = 8): PackedLayer {
  const units = bias.length;
  const largest = new Float32Array(units);
  kernel.forEach((weight, i) => {
    const unit = i % units;
    largest[unit] = Math.max(itemAt(largest, unit), Math.abs(weight));
  });
  // A unit whose weights are all 0 takes any scale but 0, by which they are divided.
  const scale = largest.map(value => value / (2 ** (bits - 1) - 1) || 1);
  const steps = Int8Array.from(kernel, (weight, i) =>
    Math.round(weight / itemAt(scale, i % units)),
  );
  const bytes = bits === 8 ? steps : inHalves(steps);
  const texts = { kernel: toBase64(bytes), scale: toBase64(scale), bias: toBase64(bias) };
  return { ...(bits === 4 && { bits }), ...texts, activation };
}

const inHalves = (steps: Int8Array): Int8Array =>
  Int8Array.from({ length: Math.ceil(steps.length / 2) }, (_, i) => {
    return (itemAt(steps, 2 * i) & 15) | ((steps[2 * i + 1] ?? 0) << 4);
  });

/** Unpacks a layer, or makes one as it is before training: glorotUniform, and a bias of 0. */
export function unpack(layer: PackedLayer | InitialLayer): DenseLayer {
  if ('seed' in layer) return initial(layer);
  const { kernel, bits, scale, bias, activation } = layer;
  const bytes = new Int8Array(fromBase64(kernel));
  const scales = new Float32Array(fromBase64(scale));
  const steps =
    bits === 4 ? Array.from(bytes).flatMap(byte => [(byte << 28) >> 28, byte >> 4]) : bytes;
  const weights = Float32Array.from(steps, (step, i) => step * itemAt(scales, i % scales.length));
  return { kernel: weights, bias: new Float32Array(fromBase64(bias)), activation };
}

function initial({ inputs, units, seed, activation }: InitialLayer): DenseLayer {
  const random = randomFrom(seed);
  const limit = Math.sqrt(6 / (inputs + units));
  const kernel = Float32Array.from({ length: inputs * units }, () => limit * (2 * random() - 1));
  return { kernel, bias: new Float32Array(units), activation };
}

/** Draws numbers in [0, 1), the same each time: the generator Mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
