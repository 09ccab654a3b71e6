/**
 * A step of gradient descent by hand, without hidden layer: compared with the gradients that the engine
 * finds, on numbers that are drawn, then taken 750 times on real pictures.
 */
import * as tf from '@tensorflow/tfjs';
import { loadData } from 'mnist-data-loader';
import { divide } from 'tfjs-graph';
import { percent } from '../../format';
import { itemAt } from '../../item-at';
import { integer, numbers } from '../judging/compare';
import { comparingPairs } from '../judging/compare-pair';
import { failIf, type Task, WrongAnswer } from '../judging/exercise';
import { parseFunction } from '../judging/learner-code';
import { loadDigits } from '../judging/sets';
import { en } from './text.en';
import { zh } from './text.zh';

type Inputs = [x: number[][], labels: number[], W: number[][], b: number[], rate: number];
type Pair = [W: tf.Tensor, b: tf.Tensor];

const tensorsOf = (...[x, labels, W, b, rate]: Inputs) =>
  [tf.tensor2d(x), tf.tensor1d(labels, 'int32'), tf.tensor2d(W), tf.tensor1d(b), rate] as const;

type Given = ReturnType<typeof tensorsOf>;

/** Steps by the gradients of the mean cross-entropy that the engine finds. */
function byEngine(...[x, labels, W, b, rate]: Given): Pair {
  const loss = (W: tf.Tensor, b: tf.Tensor) =>
    x.matMul(W).add(b).logSoftmax().mul(tf.oneHot(labels, 10)).sum(1).mean().neg();
  const [dW, db] = tf.grads(loss)([W, b]) as Pair;
  return [W.sub(dW.mul(rate)), b.sub(db.mul(rate))];
}

/** All that a step is made of: what it is given, the logits, the labels as one-hot, and p − y. */
function partsOf(...[x, labels, W, b, rate]: Given) {
  const logits = x.matMul(W).add(b);
  const truth = tf.oneHot(labels, 10);
  return { x, W, b, rate, n: labels.size, logits, truth, error: logits.softmax().sub(truth) };
}
type Parts = ReturnType<typeof partsOf>;

/** What may stand in place of η ÷ n: itself, that of a sum, that without the learning rate, and nothing. */
const factorsOf = ({ rate, n }: Parts) => [rate / n, rate, 1 / n, 1];
/** Makes a formula of a mistake with each of these factors: one mistake often comes with another. */
const by = (step: (of: Parts, factor: number) => Partial<Pair>, factors = [0, 1, 2, 3]) =>
  factors.map(i => (...given: Given): Partial<Pair> => {
    const of = partsOf(...given);
    return step(of, itemAt(factorsOf(of), i));
  });

const changes = ({ x }: Parts, error: tf.Tensor, factor: number): Pair => [
  x.matMul(error, true).mul(factor),
  error.sum(0).mul(factor),
];
/** Steps with what is taken for p − y. */
const byError = (errorOf: (of: Parts) => tf.Tensor, factors?: number[]) =>
  by((of, factor) => {
    const [dW, db] = changes(of, errorOf(of), factor);
    return [of.W.sub(dW), of.b.sub(db)];
  }, factors);

const { formulas, judge } = comparingPairs<Inputs, Given, typeof en>({
  draw: () => [batch(integer(2, 5)), batch(integer(6, 9))],
  give: tensorsOf,
  right: byEngine,
  wrong: {
    wrongSign: byError(({ error }) => error.neg()),
    summed: byError(({ error }) => error, [1]),
    noRate: byError(({ error }) => error, [2, 3]),
    divisor: [784, 10].flatMap(size => byError(({ error }) => error.div(size), [0, 1])),
    onePicture: byError(({ error, n }) => error.mul(tf.range(0, n).equal(0).expandDims(1))),
    noBias: byError(({ x, W, truth }) => x.matMul(W).softmax().sub(truth)),
    lateBias: byError(({ x, W, b, truth }) => x.matMul(W).softmax().add(b).sub(truth)),
    noSoftmax: byError(({ logits, truth }) => logits.sub(truth)),
    unchanged: by(({ W, b, error }) => [W.sub(error.mean()), b.sub(error.mean())], [3]),
    changeAlone: [1, -1].flatMap(sign => by((of, factor) => changes(of, of.error, sign * factor))),
    pixelMean: by((of, factor) => [of.W.sub(changes(of, of.error, factor)[0].mean(0)), undefined]),
    rows: by(({ b, error }, factor) => [undefined, b.sub(error.mul(factor))]),
  },
  named: ({ other }, at, [, labels, , , rate]) =>
    other[at ? 'bias' : 'weights'](labels.length, rate),
});

const batch = (n: number): Inputs => [
  Array.from({ length: n }, () => numbers(784, 0, 1)),
  Array.from({ length: n }, () => integer(0, 9)),
  Array.from({ length: 784 }, () => numbers(10, -0.1, 0.1)),
  numbers(10, -1, 1),
  integer(1, 9) / 10,
];

export const writeStep: Task<typeof en> = {
  texts: { en, zh },
  formulas,
  async verify(answer, text) {
    const step = parseFunction(answer);
    const checked = async (...given: unknown[]) => {
      const pair = (await step(...given)) as Pair;
      failIf(pair[1] === given[3], text.wrong.sameBias);
      failIf(pair[1]?.size === 1, text.wrong.oneBias);
      return pair;
    };
    try {
      await judge(checked, text);
    } catch (error) {
      throw reasonOf(error, text.wrong);
    }
    const { accuracies, kept } = await trainBy(step);
    const [first = '', tenth = '', last = ''] = accuracies.map(share => percent(share, 1));
    failIf(itemAt(accuracies, 2) < 0.9, text.other.low(last));
    return text.reward(first, tenth, last, kept > 0 ? text.other.leak(kept) : '');
  },
};

/** Says what an error of TensorFlow's means here. */
function reasonOf(error: unknown, wrong: (typeof en)['wrong']): unknown {
  if (error instanceof WrongAnswer) return error;
  const message = String(error);
  const shapes = /(?<![\d,])([\d,]+)\]?(?: vs\. | and )\[?([\d,]+)/.exec(message)?.slice(1);
  if (/784/.test(message)) return new WrongAnswer(wrong.product);
  if (shapes?.[0] === '10') return new WrongAnswer(wrong.otherMean);
  return shapes?.[0]?.endsWith(',10') ? new WrongAnswer(wrong.notOneHot) : error;
}

const [COUNT, SIZE, RATE] = [750, 64, 0.2];

/**
 * Takes 750 steps with 64 pictures each, from weights of 0.
 *
 * @returns what share of the test digits is recognised after 1, 10 and all steps, and how many tensors
 * a step leaves in memory.
 */
async function trainBy(step: (...given: unknown[]) => Promise<unknown>) {
  const [[images, labels]] = await loadData();
  const [test, digits] = await loadDigits('test', 10_000);
  const accuracies: number[] = [];
  let kept = 0;
  let pair: Pair = [tf.zeros([784, 10]), tf.zeros([10])];
  for (let i = 0; i < COUNT; i++) {
    const x = tf.tidy(() => divide(images.slice(i * SIZE, SIZE), 255).reshape([SIZE, 784]));
    const y = tf.tensor1d(labels.slice(i * SIZE, SIZE).data, 'int32');
    const last = pair;
    const before = tf.memory().numTensors;
    // What the step leaves is freed behind it.
    tf.engine().startScope();
    try {
      pair = (await step(x, y, ...last, RATE)) as Pair;
      kept = tf.memory().numTensors - before - pair.filter(each => !last.includes(each)).length;
    } finally {
      tf.engine().endScope(pair);
    }
    tf.dispose([x, y, ...last.filter(each => !pair.includes(each))]);
    if ([1, 10, COUNT].includes(i + 1)) accuracies.push(accuracyOf(pair, test, digits));
  }
  tf.dispose([test, pair]);
  return { accuracies, kept };
}

const accuracyOf = ([W, b]: Pair, test: tf.Tensor, digits: Uint8Array): number =>
  tf.tidy(() => {
    const answers = test.reshape([-1, 784]).matMul(W).add(b).argMax(1);
    return itemAt(answers.equal(tf.tensor1d(digits, 'int32')).mean().dataSync(), 0);
  });
