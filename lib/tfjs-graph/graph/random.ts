/** The random numbers of a recording that a graph can draw by itself, others at each run. */
import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import { NotRecordableError } from '../errors';
import type { GraphText, Ref } from './graph-text';
import type { Tape, TapeConstant } from './tape/tape';

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

/**
 * Finds how a graph draws the constants that change from call to call.
 *
 * @throws NotRecordableError for a constant that is neither Dropout's nor drawn by `tf.randomUniform`,
 * `tf.randomNormal` or `tf.truncatedNormal`.
 */
export const drawnConstants = (tape: Tape, changing: Iterable<TapeConstant>): readonly Drawn[] =>
  Array.from(changing, constant => {
    if (isMask(constant, tape)) return { ...constant, op: 'RandomUniform', scale: 1, shift: 0 };
    for (const { seed, scope } of tape.seeds) {
      const [op = '', draw] = STANDARD[scope] ?? [];
      const fitted = draw && fit(constant, n => tf.tidy(() => draw([n], seed).dataSync()));
      if (fitted) return { ...constant, op, ...fitted };
    }
    throw new NotRecordableError({ code: 'new-numbers' });
  });

/** Says whether a constant is what Dropout makes its mask of, `floor(uniform + keepProbability)`. */
function isMask({ id, values }: TapeConstant, { ops }: Tape): boolean {
  const usersOf = (id?: number) => ops.filter(op => op.inputs.some(input => input === id));
  const [add, ...others] = usersOf(id);
  const users = usersOf(add?.outputs[0]);
  const isFloored = users.length > 0 && users.every(({ op }) => op === 'Floor');
  const isAdded = /^Add(V2)?$/.test(add?.op ?? '') && others.length === 0;
  // One of JavaScript's numbers just below 1, of which a large mask has one in a hundred times, is 1 as
  // a float32.
  return isFloored && isAdded && values.every((value: number) => value >= 0 && value <= 1);
}

/** As many numbers show that they follow a seed; with two, any would. */
const [FEWEST, ENOUGH] = [3, 16];

/** Finds by which factor and shift the numbers that a seed gives become those of a constant. */
function fit({ values }: TapeConstant, draw: (n: number) => ArrayLike<number>) {
  const length = Math.min(values.length, ENOUGH);
  if (!(values instanceof Float32Array) || length < FEWEST) return undefined;
  const standard = Array.from(draw(length));
  const [least, most] = [Math.min(...standard), Math.max(...standard)];
  const own = (number: number) => at(values, standard.indexOf(number));
  const scale = (own(most) - own(least)) / (most - least);
  const shift = own(least) - scale * least;
  const rounding = 2 ** -21 * Math.max(...values.subarray(0, length).map(Math.abs));
  const isClose = (number: number, i: number) =>
    Math.abs(shift + scale * number - at(values, i)) <= rounding;
  return standard.every(isClose) ? { scale, shift } : undefined;
}

/** Adds nodes that draw the numbers. */
export function draw(graph: GraphText, { op, shape, dtype, scale, shift }: Drawn, int32: number) {
  const size = graph.constant([shape.length], int32, Int32Array.from(shape));
  const [type, seeds] = [graph.type('T', dtype), ['seed', 'seed2'].map(s => graph.int(s, 0))];
  const attrs = [graph.type('dtype', dtype), graph.type('T', int32), ...seeds];
  const by = (name: string, numbers: Ref, other: number, none: number) =>
    other === none
      ? numbers
      : graph.add(name, [numbers, graph.constant([], dtype, Float32Array.of(other))], [type]);
  return by('AddV2', by('Mul', graph.add(op, [size], attrs), scale, 1), shift, 0);
}
