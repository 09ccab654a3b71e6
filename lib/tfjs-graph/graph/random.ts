/** The random numbers of a recording that a graph can draw by itself, others at each run. */
import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import { NotRecordableError } from '../errors';
import { withValues } from '../with-values';
import type { GraphText, Ref } from './graph-text';
import type { TapeConstant } from './tape/tape';

type Distribution = (shape: [number], seed: number) => tf.Tensor;

/** The same of TensorFlow.js and TensorFlow, by the scope of TensorFlow.js that asks for a seed. */
const STANDARD: Readonly<Record<string, readonly [op: string, Distribution]>> = {
  randomUniform__op: ['RandomUniform', (n, seed) => tf.randomUniform(n, 0, 1, 'float32', seed)],
  randomNormal__op: ['RandomStandardNormal', (n, s) => tf.randomNormal(n, 0, 1, 'float32', s)],
  truncatedNormal__op: ['TruncatedNormal', (n, s) => tf.truncatedNormal(n, 0, 1, 'float32', s)],
};

/** A constant in whose place a graph draws numbers: those of an op, times `scale`, plus `shift`. */
export interface Drawn extends TapeConstant {
  readonly op: string;
  readonly scale: number;
  readonly shift: number;
}

/** What `Math.random` gave, such as the seed of a random tensor, and in which scope of TensorFlow.js. */
export interface Seed {
  readonly seed: number;
  readonly scope: string;
}

/** Runs `work`, and adds to `seeds` what `Math.random` gives. */
export function notingSeeds<T>(seeds: Seed[], work: () => T): T {
  const { random } = Math;
  const engine = tf.engine() as unknown as { state: { activeScope?: { name: string } } };
  const noting = () => {
    const seed = random();
    seeds.push({ seed, scope: engine.state.activeScope?.name ?? '' });
    return seed;
  };
  return withValues(Math, { random: noting }, work);
}

/**
 * Finds how a graph draws the constants that change from call to call.
 *
 * @throws NotRecordableError for one that is not drawn by `tf.randomUniform`, as the mask of Dropout is,
 * `tf.randomNormal` or `tf.truncatedNormal`.
 */
export const drawnConstants = (
  seeds: readonly Seed[],
  changing: Iterable<TapeConstant>,
): readonly Drawn[] =>
  Array.from(changing, constant => {
    for (const { seed, scope } of seeds) {
      const [op = '', draw] = STANDARD[scope] ?? [];
      const fitted = draw && fit(constant, n => tf.tidy(() => draw([n], seed).dataSync()));
      if (fitted) return { ...constant, op, ...fitted };
    }
    throw new NotRecordableError({ code: 'new-numbers' });
  });

/** As many numbers show that they follow a seed; with two, any factor and shift would do. */
const [FEWEST, ENOUGH] = [3, 16];

/** Finds by which factor and shift the numbers that a seed gives become those of a constant. */
function fit({ values }: TapeConstant, draw: (n: number) => ArrayLike<number>) {
  const some = Array.from(values.subarray(0, ENOUGH), Number);
  const standard = Array.from(draw(some.length));
  if (standard.every((number, i) => number === some[i])) return { scale: 1, shift: 0 };
  const [least, most] = [Math.min(...standard), Math.max(...standard)];
  const own = (number: number) => at(some, standard.indexOf(number));
  const scale = (own(most) - own(least)) / (most - least);
  const shift = own(least) - scale * least;
  const rounding = 2 ** -21 * Math.max(...some.map(Math.abs));
  const isClose = (number: number, i: number) =>
    Math.abs(shift + scale * number - at(some, i)) <= rounding;
  const isFloat = values instanceof Float32Array && some.length >= FEWEST;
  return isFloat && standard.every(isClose) ? { scale, shift } : undefined;
}

/** Adds nodes that draw the numbers. */
export function draw(graph: GraphText, { op, shape, dtype, scale, shift }: Drawn, int32: number) {
  const size = graph.constant([shape.length], int32, Int32Array.from(shape));
  const type = graph.type('T', dtype);
  const attrs = [graph.type('dtype', dtype), graph.type('T', int32)];
  const by = (name: string, numbers: Ref, other: number, none: number) =>
    other === none
      ? numbers
      : graph.add(name, [numbers, graph.constant([], dtype, Float32Array.of(other))], [type]);
  return by('AddV2', by('Mul', graph.add(op, [size], attrs), scale, 1), shift, 0);
}
