import * as tf from '@tensorflow/tfjs';
import type { Nested } from '../../input/given';
import { itemAt } from '../../item-at';
import { compare, integer, list, type Question } from '../judging/compare';
import {
  failIf,
  formatValue,
  parseArray,
  parseNumbers,
  type Task,
  WrongAnswer,
} from '../judging/exercise';
import { en } from './text.en';
import { zh } from './text.zh';

type Row = readonly number[];
type Matrix = readonly Row[];
type Layers = [w1: Matrix, b1: Row, w2: Matrix, b2: Row];

/** Draws whole numbers, which every device multiplies exactly. */
const vector = (length: number): number[] => Array.from({ length }, () => integer(-5, 5));
const matrix = (rows: number, columns: number): number[][] =>
  Array.from({ length: rows }, () => vector(columns));
const layers = (inputs: number, hidden: number, outputs: number): Layers => [
  matrix(inputs, hidden),
  vector(hidden),
  matrix(hidden, outputs),
  vector(outputs),
];

/** Draws square ones: with these the factors can be multiplied in any order. */
const draw = () => [layers(3, 3, 3), layers(3, 3, 3)];

/** Joins two lists item by item; fails where TensorFlow would. */
function joined(a: Row, b: Row, join: (a: number, b: number) => number): number[] {
  if (a.length !== b.length) throw new RangeError(`Expected ${a.length} but received ${b.length}`);
  return a.map((value, i) => join(value, itemAt(b, i)));
}
const plus = (a: Row, b: Row) => joined(a, b, (x, y) => x + y);
const mul = (a: Row, b: Row) => joined(a, b, (x, y) => x * y);
const sum = (values: Row) => values.reduce((a, b) => a + b);
const column = (m: Matrix, at: number) => m.map(row => itemAt(row, at));

const times = (row: Row, m: Matrix): number[] =>
  itemAt(m, 0).map((_, i) => sum(mul(row, column(m, i))));
const matMul = (a: Matrix, b: Matrix): number[][] => a.map(row => times(row, b));

/** Asks about a part of the pair that the learner's function returns. */
const asking = (part: (w: unknown, b: unknown, outputs: number) => Nested) =>
  ({
    give: (...layers) => layers.map(values => tf.tensor(values as number[])),
    read(result, { other }, given: tf.Tensor[]) {
      if (!Array.isArray(result) || result.length !== 2)
        throw new WrongAnswer(other.pair(formatValue(result)));
      const isFreed = given.some(tensor => tensor.isDisposed);
      failIf(isFreed, other.inputsFreed);
      const [w, b] = result;
      const numbers = part(w, b, itemAt(given, 3).size);
      tf.dispose(result);
      return numbers;
    },
    same: list.same,
  }) satisfies Partial<Question<Layers, Nested, typeof en>>;

const weights = {
  draw,
  right: (w1: Matrix, _: Row, w2: Matrix) => matMul(w1, w2),
  wrong: {
    reversed: (w1, _, w2) => matMul(w2, w1),
    placeByPlace: (w1, _, w2) => w1.map((row, i) => mul(row, itemAt(w2, i))),
    added: (w1, _, w2) => w1.map((row, i) => plus(row, itemAt(w2, i))),
    firstAlone: w1 => w1,
    secondAlone: (_w1, _, w2) => w2,
  },
  ...asking(w => parseArray(w)),
  named: ({ other }, [w1, , w2]) => other.weights(formatValue(w1), formatValue(w2)),
} satisfies Question<Layers, Nested, typeof en>;

const bias = {
  draw,
  right: (_: Matrix, b1: Row, w2: Matrix, b2: Row) => plus(times(b1, w2), b2),
  wrong: {
    biasesAdded: (_, b1, _w2, b2) => plus(b1, b2),
    secondBias: (_w1, _b1, _w2, b2) => b2,
    firstBias: (_, b1) => b1,
    withoutSecond: (_, b1, w2) => times(b1, w2),
    reversedBias: (_, b1, w2, b2) =>
      plus(
        w2.map(row => sum(mul(row, b1))),
        b2,
      ),
    secondToo: (_, b1, w2, b2) => times(plus(b1, b2), w2),
  },
  ...asking((_, b, outputs) => parseBias(b, outputs)),
  named({ other }, [, ...given]) {
    const [b1, w2, b2] = given.map(values => formatValue(values)) as [string, string, string];
    return other.bias(b1, w2, b2);
  },
} satisfies Question<Layers, Nested, typeof en>;

/** Layers as they are in a network: few of them are square. */
const otherSizes: Question<Layers, Nested, typeof en> = {
  draw: () => [layers(3, 3, 3), layers(2, 4, 3)],
  right: (w1, b1, w2, b2) => [weights.right(w1, b1, w2), bias.right(w1, b1, w2, b2)],
  wrong: {},
  ...asking((w, b, outputs) => [parseArray(w), parseBias(b, outputs)]),
  named: ({ other }, [w1, b1, , b2]) => other.sizes(w1.length, b1.length, b2.length),
};

export const mergeLayers: Task<typeof en> = {
  texts: { en, zh },
  formulas: { ...weights.wrong, ...bias.wrong },
  async verify(answer, text) {
    for (const question of [weights, bias, otherSizes]) await compare(answer, question, text);
    return text.reward;
  },
};

/** Takes a bias, as a list or as a matrix of one row, which is added alike. */
function parseBias(answer: unknown, outputs: number): Nested {
  const list = parseArray(answer);
  const [first = []] = list;
  const isRow = typeof first !== 'number' && list.length === 1 && first.length === outputs;
  return isRow ? parseNumbers(first) : list;
}
