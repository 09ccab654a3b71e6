/** Model: two linear layers made into one. */
import * as tf from '@tensorflow/tfjs';
import { itemAt } from '../item-at';
import { compare, list, type Question } from './compare';
import { integer } from './drawn';
import { type Exercise, refute } from './exercise';
import { type Nested, shown, theArray, theFunction, theNumbers } from './values';

type Layers = [w1: number[][], b1: number[], w2: number[][], b2: number[]];

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
function joined(a: number[], b: number[], join: (a: number, b: number) => number): number[] {
  if (a.length !== b.length) throw new RangeError(`Expected ${a.length} but received ${b.length}`);
  return a.map((value, i) => join(value, itemAt(b, i)));
}
const plus = (a: number[], b: number[]) => joined(a, b, (x, y) => x + y);
const mul = (a: number[], b: number[]) => joined(a, b, (x, y) => x * y);
const sum = (values: number[]) => values.reduce((a, b) => a + b);

/** Multiplies a row by a matrix. */
const times = (row: number[], m: number[][]): number[] =>
  itemAt(m, 0).map((_, i) =>
    sum(
      mul(
        row,
        m.map(of => itemAt(of, i)),
      ),
    ),
  );
const matMul = (a: number[][], b: number[][]): number[][] => a.map(row => times(row, b));

export const merge: Exercise = {
  id: '5.2',
  async verify(answer) {
    const call = theFunction(answer);
    const part =
      (read: (w: unknown, b: unknown, outputs: number) => Nested) =>
      async (...[w1, b1, w2, b2]: Layers) => {
        const given = [tf.tensor2d(w1), tf.tensor1d(b1), tf.tensor2d(w2), tf.tensor1d(b2)];
        try {
          const result = await call(...given);
          refute(!Array.isArray(result) || result.length !== 2, {
            zh: `函数应当返回 [w, b] 两样，现在返回的是 ${shown(result)}。`,
            en: `The function should return two things, [w, b]; it returns ${shown(result)}.`,
          });
          refute(
            given.some(tensor => tensor.isDisposed),
            {
              zh: '您把收到的张量也释放了，可是调用这个函数的人还要用它们。只释放函数自己做出的张量。',
              en: 'You freed what the function was given, but whoever calls it still needs that. Free only what the function itself made.',
            },
          );
          const [w, b] = result as unknown[];
          const numbers = read(w, b, b2.length);
          tf.dispose(result as tf.TensorContainer);
          return numbers;
        } finally {
          tf.dispose(given);
        }
      };
    await compare(part(theArray), weights);
    await compare(
      part((_, b, outputs) => theBias(b, outputs)),
      bias,
    );
    await compare(
      part((w, b, outputs) => [theArray(w), theBias(b, outputs)]),
      otherSizes,
    );
    return {
      zh: '两个线性层合起来就是一个线性层。中间有了 relu，两层才能学会一层学不会的东西。',
      en: 'Two linear layers are one linear layer. Only with relu between them can two layers learn more than one.',
    };
  },
  hints: [
    {
      zh: '把 (x · w1 + b1) · w2 + b2 展开：哪些项乘着 x，哪些不乘？',
      en: 'Expand (x · w1 + b1) · w2 + b2. Which terms are multiplied by x, and which are not?',
    },
    {
      zh: 'w 是 w1.matMul(w2)；b 是 b1 · w2 + b2，其中 b1 要先变成一行：b1.reshape([1, -1])。',
      en: 'w is w1.matMul(w2); b is b1 · w2 + b2, for which b1 first becomes a row: b1.reshape([1, -1]).',
    },
  ],
};

/** Takes a bias, as a list or as a matrix of one row, which is added alike. */
function theBias(answer: unknown, outputs: number): Nested {
  const list = theArray(answer);
  const [first = []] = list;
  const isRow = typeof first !== 'number' && list.length === 1 && first.length === outputs;
  return isRow ? theNumbers(first) : list;
}

const weights: Question<Layers, Nested> = {
  draw,
  named: (w1: number[][], _: number[], w2: number[][]) => ({
    zh: `w1 = ${shown(w1)}，w2 = ${shown(w2)} 时的 w`,
    en: `w for w1 = ${shown(w1)} and w2 = ${shown(w2)}`,
  }),
  right: (w1: number[][], _: number[], w2: number[][], _b2: number[]) => matMul(w1, w2),
  wrong: [
    {
      of: (w1: number[][], _: number[], w2: number[][]) => matMul(w2, w1),
      zh: '两个因子的次序反了：x 先乘 w1，再乘 w2，所以是 w1 · w2。矩阵乘法不能交换次序。',
      en: 'The factors are in the wrong order: x meets w1 first and then w2, so it is w1 · w2. The order matters in a matrix product.',
    },
    {
      of: (w1: number[][], _: number[], w2: number[][]) =>
        w1.map((row, i) => mul(row, itemAt(w2, i))),
      zh: 'mul 把对应位置的数逐个相乘。矩阵乘法是 matMul。',
      en: 'mul multiplies number by number, place by place. The matrix product is matMul.',
    },
    {
      of: (w1: number[][], _: number[], w2: number[][]) =>
        w1.map((row, i) => plus(row, itemAt(w2, i))),
      zh: '您把 w1 和 w2 相加了，应当相乘：x · w1 · w2。',
      en: 'You add w1 and w2; they should be multiplied: x · w1 · w2.',
    },
    {
      of: (w1: number[][]) => w1,
      zh: '这只是第一层的权重，第二层还没有算进去。',
      en: 'Those are the weights of the first layer alone; the second is still missing.',
    },
    {
      of: (_w1: number[][], _: number[], w2: number[][]) => w2,
      zh: '这只是第二层的权重，第一层还没有算进去。',
      en: 'Those are the weights of the second layer alone; the first is still missing.',
    },
  ],
  ...list,
};

const bias: Question<Layers, Nested> = {
  draw,
  named: (_: number[][], b1: number[], w2: number[][], b2: number[]) => ({
    zh: `w 对了。b1 = ${shown(b1)}，w2 = ${shown(w2)}，b2 = ${shown(b2)} 时的 b`,
    en: `w is right. b for b1 = ${shown(b1)}, w2 = ${shown(w2)} and b2 = ${shown(b2)}`,
  }),
  right: (_: number[][], b1: number[], w2: number[][], b2: number[]) => plus(times(b1, w2), b2),
  wrong: [
    {
      of: (_: number[][], b1: number[], _w2: number[][], b2: number[]) => plus(b1, b2),
      zh: 'b1 在第一层加上，随后也要经过 w2。把 (x · w1 + b1) · w2 + b2 展开看看。',
      en: 'b1 is added in the first layer, so it passes through w2 as well. Expand (x · w1 + b1) · w2 + b2.',
    },
    {
      of: (_: number[][], _b1: number[], _w2: number[][], b2: number[]) => b2,
      zh: '这只是第二层的偏置。b1 经过 w2 以后，也留在结果里。',
      en: 'That is the bias of the second layer alone. b1, having passed through w2, is part of the result, too.',
    },
    {
      of: (_: number[][], b1: number[]) => b1,
      zh: '这只是第一层的偏置。它还要经过 w2，再加上 b2。',
      en: 'That is the bias of the first layer alone. It passes through w2, and b2 is added.',
    },
    {
      of: (_: number[][], b1: number[], w2: number[][]) => times(b1, w2),
      zh: '还要加上 b2。',
      en: 'b2 is still to be added.',
    },
    {
      of: (w1: number[][], b1: number[], _w2: number[][], b2: number[]) => plus(times(b1, w1), b2),
      zh: 'b1 是在 w1 之后加上的，它只经过 w2，不经过 w1。',
      en: 'b1 is added after w1: it passes through w2, not through w1.',
    },
    {
      of: (_: number[][], b1: number[], w2: number[][], b2: number[]) =>
        plus(
          w2.map(row => sum(mul(row, b1))),
          b2,
        ),
      zh: '次序反了：b1 是一行，在左边，所以是 b1 · w2，不是 w2 · b1。',
      en: 'The order is reversed: b1 is a row and stands on the left, so it is b1 · w2, not w2 · b1.',
    },
    {
      of: (_: number[][], b1: number[], w2: number[][], b2: number[]) => times(plus(b1, b2), w2),
      zh: 'b2 在最后才加上，不经过 w2。',
      en: 'b2 is added at the very end: it does not pass through w2.',
    },
  ],
  ...list,
};

/** Layers as they are in a network: few of them are square. */
const otherSizes: Question<Layers, Nested> = {
  draw: () => [layers(3, 3, 3), layers(2, 4, 3)],
  named: (w1, b1, _, b2) => ({
    zh: `从 ${w1.length} 个数到 ${b1.length} 个，再到 ${b2.length} 个`,
    en: `From ${w1.length} numbers to ${b1.length}, then to ${b2.length}`,
  }),
  right: (...given) => [weights.right(...given), bias.right(...given)],
  wrong: [],
  ...list,
};
