/**
 * A step of gradient descent by hand, without hidden layer: compared with the gradients that the engine
 * finds, on numbers that are drawn, then taken 750 times on real pictures.
 */
import * as tf from '@tensorflow/tfjs';
import { percent } from '../../format';
import type { Nested } from '../../input/given';
import { itemAt } from '../../item-at';
import { compare, integer, list, numbers, type Question } from '../judging/compare';
import {
  failIf,
  isBlank,
  parseCode,
  parseTensor,
  type Task,
  WrongAnswer,
} from '../judging/exercise';
import { settled } from '../judging/learner-code';
import { en } from './text.en';
import { zh } from './text.zh';
import { trainBy } from './train';

type Inputs = [x: number[][], labels: number[], W: number[][], b: number[], rate: number];
type Pair = [W: tf.Tensor, b: tf.Tensor];

const tensorsOf = (...[x, labels, W, b, rate]: Inputs) =>
  [tf.tensor2d(x), tf.tensor1d(labels, 'int32'), tf.tensor2d(W), tf.tensor1d(b), rate] as const;

/** All that a step is made of: what it is given, the logits, the labels as one-hot, and p − y. */
function partsOf(...inputs: Inputs) {
  const [x, labels, W, b, rate] = tensorsOf(...inputs);
  const logits = x.matMul(W).add(b);
  const truth = tf.oneHot(labels, 10);
  const given = { x, labels, W, b, rate, n: labels.size };
  return { ...given, logits, truth, error: logits.softmax().sub(truth) };
}
type Parts = ReturnType<typeof partsOf>;

/** Steps by the gradients of the mean cross-entropy that the engine finds. */
function byEngine({ x, W, b, truth, rate }: Parts): Pair {
  const loss = (W: tf.Tensor, b: tf.Tensor) =>
    x.matMul(W).add(b).logSoftmax().mul(truth).sum(1).mean().neg();
  const [dW, db] = tf.grads(loss)([W, b]) as Pair;
  return [W.sub(dW.mul(rate)), b.sub(db.mul(rate))];
}

/** Steps with what is taken for p − y, and for η ÷ n. */
const descend = (of: Parts, error = of.error, by = of.rate / of.n): Pair => [
  of.W.sub(of.x.matMul(error, true).mul(by)),
  of.b.sub(error.sum(0).mul(by)),
];
/** Steps with what is taken for p. */
const from = (of: Parts, p: tf.Tensor): Pair => descend(of, p.sub(of.truth));
const shares = (of: Parts, axis?: number) => of.logits.exp().div(of.logits.exp().sum(axis, true));
const alone = ({ error, n }: Parts): tf.Tensor => error.mul(tf.range(0, n).equal(0).expandDims(1));
const changes = (of: Parts, by: number): Pair => {
  const [W, b] = descend(of);
  return [of.W.sub(W).mul(by), of.b.sub(b).mul(by)];
};
/** Takes p from the new bias for W, and from the new W for the bias. */
function again(of: Parts): Pair {
  const [W, b] = descend(of);
  const p = (W: tf.Tensor, b: tf.Tensor) => of.x.matMul(W).add(b).softmax();
  return [from(of, p(of.W, b))[0], from(of, p(W, of.b))[1]];
}

/** What is taken for W and b after the step. */
const STEPS = {
  wrongSign: [of => descend(of, of.error.neg())],
  summed: [of => descend(of, of.error, of.rate)],
  overAll: [
    of => descend(of, of.error, of.rate / of.error.size),
    of => descend(of, of.error, of.rate / of.x.size),
  ],
  fixedSize: [of => descend(of, of.error, of.rate / 64)],
  onePicture: [of => descend(of, alone(of)), of => descend(of, alone(of), of.rate)],
  noRate: [of => descend(of, of.error, 1 / of.n)],
  notOneHot: [of => descend(of, of.logits.softmax().sub(of.labels.expandDims(1)))],
  noBias: [of => from(of, of.x.matMul(of.W).softmax())],
  hardAnswer: [of => from(of, tf.oneHot(of.logits.argMax(1), 10))],
  noSoftmax: [of => from(of, of.logits)],
  softmaxAxis: [of => from(of, shares(of, 0)), of => from(of, shares(of))],
  sigmoid: [of => from(of, of.logits.sigmoid())],
  inTurn: [of => [again(of)[0], descend(of)[1]], of => [descend(of)[0], again(of)[1]]],
  unchanged: [of => [of.W, of.b]],
  changeAlone: [1, -1, 0].map(by => of => changes(of, by || 1 / of.rate)),
  rows: [of => [descend(of)[0], of.b.sub(of.error.mul(of.rate))]],
} satisfies Partial<Record<keyof (typeof en)['wrong'], ((of: Parts) => Pair)[]>>;

const formula =
  (step: (of: Parts) => Pair) =>
  (...inputs: Inputs): Nested[] =>
    tf.tidy(() => step(partsOf(...inputs)).map(tensor => tensor.arraySync()) as never);
const FORMULAS = Object.entries(STEPS).map(([name, steps]) => [name, steps.map(formula)] as const);

const partOf =
  (at: number) =>
  (step: (...inputs: Inputs) => Nested[]) =>
  (...inputs: Inputs) =>
    itemAt(step(...inputs), at);

/** Asks about W or about b, the first and the second of what the step returns. */
const asking = (at: 0 | 1, name: 'weights' | 'bias'): Question<Inputs, Nested, typeof en> => ({
  cases: [[waves(3, 784), [7, 0, 3], waves(784, 10), itemAt(waves(1, 10), 0), 0.5]],
  draw: () => [batch(integer(2, 5)), batch(integer(6, 9))],
  right: partOf(at)(formula(byEngine)),
  wrong: Object.fromEntries(FORMULAS.map(([name, steps]) => [name, steps.map(partOf(at))])),
  give: (...inputs) =>
    tf.tidy(() => {
      const [x, labels, W, b, rate] = tensorsOf(...inputs);
      return [x, labels, tf.variable(W), tf.variable(b), rate];
    }),
  read(result, { wrong }, [x, labels]) {
    failIf(!Array.isArray(result) || result.length !== 2, wrong.pair);
    failIf((x as tf.Tensor).isDisposed || (labels as tf.Tensor).isDisposed, wrong.inputsFreed);
    const [W, b] = (result as unknown[]).map(parseTensor) as Pair;
    failIf(W.rank === 1 && b.rank === 2, wrong.swapped);
    // A bias of one row is added alike.
    const isRow = b.rank === 2 && b.shape[0] === 1;
    const numbers = (at ? b : W).arraySync() as Nested[];
    tf.dispose([W, b]);
    return at && isRow ? itemAt(numbers, 0) : numbers;
  },
  same: list.same,
  named: ({ other }, [, labels, , , rate]) => other[name](labels.length, rate),
});

/** Numbers of all sizes that are always the same. */
const waves = (rows: number, columns: number): number[][] =>
  Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => Math.sin(1 + i * columns + j) / 8),
  );
const batch = (n: number): Inputs => [
  Array.from({ length: n }, () => numbers(784, 0, 1)),
  Array.from({ length: n }, () => integer(0, 9)),
  Array.from({ length: 784 }, () => numbers(10, -0.1, 0.1)),
  numbers(10, -1, 1),
  integer(1, 9) / 10,
];

export const writeStep: Task<typeof en> = {
  texts: { en, zh },
  formulas: Object.fromEntries(FORMULAS),
  async verify(answer, text) {
    const step = parseStep(answer);
    try {
      await compare(step, asking(0, 'weights'), text);
      await compare(step, asking(1, 'bias'), text);
    } catch (error) {
      throw reasonOf(error, text.wrong);
    }
    const { accuracies, kept } = await trainBy(step);
    const [first = '', tenth = '', last = ''] = accuracies.map(share => percent(share, 1));
    failIf(itemAt(accuracies, 2) < 0.9, text.other.low(last));
    return text.reward(first, tenth, last, kept > 0 ? text.other.leak(kept) : '');
  },
};

/** Takes the learner's step, which returns W and b, or assigns them. */
function parseStep(answer: unknown) {
  const call = parseCode(answer);
  return async (...given: unknown[]): Promise<unknown> => {
    const pair = given.slice(2, 4) as Pair;
    const before = pair.map(({ dataId }) => dataId);
    const result = await settled(call(...given));
    const isAssigned = pair.some(({ dataId }, i) => dataId !== before[i]);
    return isBlank(result) && isAssigned ? pair : result;
  };
}

/** Says what an error of TensorFlow's means here. */
function reasonOf(error: unknown, wrong: (typeof en)['wrong']): unknown {
  if (error instanceof WrongAnswer) return error;
  const message = String(error);
  const shapes = /\[?([\d,]+)\]?(?: vs\. | and )\[?([\d,]+)/.exec(message)?.slice(1);
  if (/softmax along/i.test(message)) return new WrongAnswer(wrong.softmaxAxis);
  if (/784/.test(message)) return new WrongAnswer(wrong.product);
  if (shapes?.[0] === '10') return new WrongAnswer(wrong.otherMean);
  return shapes?.[0]?.endsWith(',10') ? new WrongAnswer(wrong.notOneHot) : error;
}
