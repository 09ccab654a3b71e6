/** Random constants of a recording, which a graph samples again in each run. */
import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import { NotRecordableError } from '../errors';
import { withValues } from '../with-values';
import type { TapeConstant } from './tape';

type Distribution = (shape: [number], seed: number) => tf.Tensor;

/** TensorFlow's op and TensorFlow.js's function for each distribution, by the scope in which TensorFlow.js seeds it. */
const STANDARD: Readonly<Record<string, readonly [op: string, Distribution]>> = {
  randomUniform__op: ['RandomUniform', (n, seed) => tf.randomUniform(n, 0, 1, 'float32', seed)],
  randomNormal__op: ['RandomStandardNormal', (n, s) => tf.randomNormal(n, 0, 1, 'float32', s)],
  truncatedNormal__op: ['TruncatedNormal', (n, s) => tf.truncatedNormal(n, 0, 1, 'float32', s)],
};

/** A constant to be replaced by an op's random numbers, times `scale`, plus `shift`. */
export interface RandomConstant extends TapeConstant {
  readonly op: string;
  readonly scale: number;
  readonly shift: number;
}

/** A number of `Math.random`, such as the seed of a random tensor, with the current scope of TensorFlow.js. */
export interface Seed {
  readonly seed: number;
  readonly scope: string;
}

/** Runs `work` and appends all numbers of `Math.random` to `seeds`. */
export function captureSeeds<T>(seeds: Seed[], work: () => T): T {
  const { random } = Math;
  const engine = tf.engine() as unknown as { state: { activeScope?: { name: string } } };
  const capture = () => {
    const seed = random();
    seeds.push({ seed, scope: engine.state.activeScope?.name ?? '' });
    return seed;
  };
  return withValues(Math, { random: capture }, work);
}

/**
 * Returns the distributions of constants that change from call to call. Throws NotRecordableError for a constant not
 * sampled by `tf.randomUniform` (as in Dropout), `tf.randomNormal` or `tf.truncatedNormal`.
 */
export const findDistributions = (
  seeds: readonly Seed[],
  changing: Iterable<TapeConstant>,
): readonly RandomConstant[] =>
  Array.from(changing, constant => {
    for (const { seed, scope } of seeds) {
      const [op = '', sample] = STANDARD[scope] ?? [];
      const transform = sample && fit(constant, n => tf.tidy(() => sample([n], seed).dataSync()));
      if (transform) return { ...constant, op, ...transform };
    }
    throw new NotRecordableError({ code: 'new-numbers' });
  });

/** Numbers needed, and numbers compared, to prove a seed: two numbers would fit any scale and shift. */
const [MIN_COUNT, MAX_COUNT] = [3, 16];

/** Returns the scale and shift from a seed's standard numbers to a constant; undefined if they do not fit. */
function fit({ values }: TapeConstant, sample: (n: number) => ArrayLike<number>) {
  const numbers = Array.from(values.subarray(0, MAX_COUNT), Number);
  const standard = Array.from(sample(numbers.length));
  if (standard.every((number, i) => number === numbers[i])) return { scale: 1, shift: 0 };
  const [min, max] = [Math.min(...standard), Math.max(...standard)];
  const imageOf = (number: number) => at(numbers, standard.indexOf(number));
  const scale = (imageOf(max) - imageOf(min)) / (max - min);
  const shift = imageOf(min) - scale * min;
  const rounding = 2 ** -21 * Math.max(...numbers.map(Math.abs));
  const isClose = (number: number, i: number) =>
    Math.abs(shift + scale * number - at(numbers, i)) <= rounding;
  const isFloat = values instanceof Float32Array && numbers.length >= MIN_COUNT;
  return isFloat && standard.every(isClose) ? { scale, shift } : undefined;
}
