/**
 * Computes a network of Dense layers in plain JavaScript, without TensorFlow.js. Serializes parameters as short
 * text, one byte or half a byte per weight.
 */
import { fromBase64, toBase64 } from '../format';
import { itemAt } from '../item-at';

export interface DenseLayer {
  /** Weights, `[inputs, units]`, row by row. */
  readonly kernel: Float32Array;
  /** One value per unit. */
  readonly bias: Float32Array;
  readonly activation: Activation;
}

/** Elementwise activations by Keras's names. */
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

/** Names of all activations supported by {@link output}. */
export const activations = [...Object.keys(elementwise), 'softmax'] as Activation[];

/** Computes the output for a sample with one value per input of the first layer. */
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

/** JSON form of a {@link DenseLayer}, with numbers in base64. */
export interface PackedLayer {
  /** Integers of `bits`, `[inputs, units]`; weight = integer × the unit's scale. */
  readonly kernel: string;
  /** Bits per weight, default 8. With 4 bits, the lower half of a byte comes first. */
  readonly bits?: 4 | 8;
  /** float32, one per unit. */
  readonly scale: string;
  /** float32, one per unit. */
  readonly bias: string;
  readonly activation: Activation;
}

/** JSON form of an untrained {@link DenseLayer}: a random seed instead of weights. */
export interface InitialLayer {
  readonly inputs: number;
  readonly units: number;
  readonly seed: number;
  readonly activation: Activation;
}

/** Serializes a layer. A weight's rounding error is at most 1/254 of the unit's largest weight; with 4 bits 1/14. */
export function pack({ kernel, bias, activation }: DenseLayer, bits: 4 | 8 = 8): PackedLayer {
  const units = bias.length;
  const largest = new Float32Array(units);
  kernel.forEach((weight, i) => {
    const unit = i % units;
    largest[unit] = Math.max(itemAt(largest, unit), Math.abs(weight));
  });
  // If all weights of a unit are 0, any nonzero scale avoids a division by 0.
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

/** Deserializes a layer, or initializes an untrained layer by glorotUniform with a bias of 0. */
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

/** Returns a seeded generator of numbers in [0, 1): Mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
