/** Judges a step of gradient descent in a network with two layers, and trains a network with the learner's function. */
import * as tf from '@tensorflow/tfjs';
import { loadData } from 'mnist-data-loader';
import { divide } from 'tfjs-graph';
import { percent } from '../../format';
import { itemAt } from '../../item-at';
import { integer, numbers } from '../judging/compare';
import { comparingTensors } from '../judging/compare-tensors';
import { failIf, task, WrongAnswer } from '../judging/exercise';
import { formatThrown } from '../judging/format';
import { type LearnerFunction, parseFunction } from '../judging/learner-code';
import { loadDigits } from '../judging/sets';
import { en } from './text.en';
import { zh } from './text.zh';

type Weights = [W1: number[][], b1: number[], W2: number[][], b2: number[]];
type Inputs = [x: number[][], labels: number[], weights: Weights, rate: number];
type WeightTensors = [W1: tf.Tensor2D, b1: tf.Tensor1D, W2: tf.Tensor2D, b2: tf.Tensor1D];

const tensorsOf = (...[x, labels, [W1, b1, W2, b2], rate]: Inputs) =>
  [
    tf.tensor2d(x),
    tf.tensor1d(labels, 'int32'),
    [tf.tensor2d(W1), tf.tensor1d(b1), tf.tensor2d(W2), tf.tensor1d(b2)] as WeightTensors,
    rate,
  ] as const;

type Args = ReturnType<typeof tensorsOf>;

/** Computes a step from TensorFlow.js's gradients of the mean cross-entropy. */
function byGradients(...[x, labels, weights, rate]: Args): tf.Tensor[] {
  const loss = (W1: tf.Tensor, b1: tf.Tensor, W2: tf.Tensor, b2: tf.Tensor) => {
    const logits = x.matMul(W1).add(b1).relu().matMul(W2).add(b2);
    return logits.logSoftmax().mul(tf.oneHot(labels, 10)).sum(1).mean().neg();
  };
  return tf
    .grads(loss)(weights)
    .map((gradient, i) => itemAt(weights, i).sub(gradient.mul(rate)));
}

interface Mistake {
  hidden?(sums: tf.Tensor): tf.Tensor;
  probabilities?(logits: tf.Tensor): tf.Tensor;
  /** Returns the factor of the gradients, by default the learning rate divided by the number of pictures. */
  factor?(rate: number, n: number): number;
  /** Returns the derivative of the hidden layer's activation. */
  gate?(sums: tf.Tensor): tf.Tensor;
  /** Returns the output layer's weights for backpropagation. */
  back?(W2: tf.Tensor, newW2: tf.Tensor): tf.Tensor;
  withoutB1?: boolean;
  withoutB2?: boolean;
}

/** Creates the formula of a step with a mistake. */
const step =
  (
    mistake: Mistake,
    change: (results: tf.Tensor[], weights: WeightTensors) => tf.Tensor[] = results => results,
  ) =>
  (...[x, labels, weights, rate]: Args) => {
    const [W1, b1, W2, b2] = weights;
    const sums = x.matMul(W1).add(mistake.withoutB1 ? 0 : b1);
    const h = (mistake.hidden ?? tf.relu)(sums) as tf.Tensor2D;
    const logits = h.matMul(W2).add(mistake.withoutB2 ? 0 : b2);
    const p = (mistake.probabilities ?? tf.softmax)(logits);
    const factor = (mistake.factor ?? ((rate, n) => rate / n))(rate, labels.size);
    const error = p.sub(tf.oneHot(labels, 10)).mul(factor) as tf.Tensor2D;
    const newW2 = W2.sub(h.matMul(error, true));
    const back = mistake.back ? mistake.back(W2, newW2) : W2;
    const gate = mistake.gate ? mistake.gate(sums) : sums.greater(0);
    const hiddenError = error.matMul(back as tf.Tensor2D, false, true).mul(gate) as tf.Tensor2D;
    const results = [
      W1.sub(x.matMul(hiddenError, true)),
      b1.sub(hiddenError.sum(0)),
      newW2,
      b2.sub(error.sum(0)),
    ];
    return change(results, weights);
  };

const { formulas, judge } = comparingTensors<Inputs, Args, typeof en>({
  count: 4,
  draw: () => [batch(integer(2, 5)), batch(integer(6, 9))],
  give: tensorsOf,
  right: byGradients,
  wrong: {
    wrongSign: [step({ factor: (rate, n) => -rate / n })],
    summed: [step({ factor: rate => rate })],
    noRate: [step({ factor: (_, n) => 1 / n }), step({ factor: () => 1 })],
    noGate: [step({ gate: tf.onesLike })],
    gateOfError: [step({ gate: tf.relu })],
    newWeights: [step({ back: (_, newW2) => newW2 })],
    noRelu: [step({ hidden: tf.clone }), step({ hidden: tf.clone, gate: tf.onesLike })],
    noBias: [
      step({ withoutB1: true }),
      step({ withoutB2: true }),
      step({ withoutB1: true, withoutB2: true }),
    ],
    noSoftmax: [step({ probabilities: tf.clone })],
    outputOnly: [step({}, (results, [W1, b1]) => [W1.clone(), b1.clone(), ...results.slice(2)])],
    changeAlone: [
      step({}, (results, weights) => results.map((result, i) => itemAt(weights, i).sub(result))),
      step({}, (results, weights) => results.map((result, i) => result.sub(itemAt(weights, i)))),
    ],
  },
  named: ({ other }, index, [, labels, , rate]) =>
    other.result(itemAt(['W1', 'b1', 'W2', 'b2'], index), labels.length, rate),
});

/** Units of the hidden layer in the comparison. */
const UNITS = 6;

const batch = (n: number): Inputs => [
  Array.from({ length: n }, () => numbers(784, 0, 1)),
  Array.from({ length: n }, () => integer(0, 9)),
  [
    Array.from({ length: 784 }, () => numbers(UNITS, -0.1, 0.1)),
    numbers(UNITS, -1, 1),
    Array.from({ length: UNITS }, () => numbers(10, -1, 1)),
    numbers(10, -1, 1),
  ],
  integer(1, 9) / 10,
];

export const writeStep = task({ en, zh, formulas }, async (answer, text) => {
  const step = parseFunction(answer);
  try {
    await judge(step, text);
  } catch (error) {
    throw reasonOf(error, text.wrong);
  }
  const accuracies = await trainBy(step);
  const [first = '', tenth = '', last = ''] = accuracies.map(share => percent(share, 1));
  failIf(itemAt(accuracies, 2) < 0.85, text.other.low(last));
  return text.reward(first, tenth, last);
});

/** Returns an explanation of an error about shapes, and other errors unchanged. */
function reasonOf(error: unknown, wrong: (typeof en)['wrong']): unknown {
  if (error instanceof WrongAnswer) return error;
  const isShape = /shape|dimension|broadcast|matrix size|inner/i.test(String(error));
  return isShape ? new WrongAnswer(wrong.shapes(formatThrown(error))) : error;
}

const [COUNT, SIZE, RATE, HIDDEN] = [400, 64, 0.2, 32];

/**
 * Takes 400 steps with 64 pictures each, from random weights.
 *
 * @returns the validation accuracies after 1, 10 and all steps.
 */
async function trainBy(step: LearnerFunction): Promise<number[]> {
  const [[images, labels]] = await loadData();
  const [pictures, digits] = await loadDigits('train', 2000, 48_000);
  const accuracies: number[] = [];
  let weights: tf.Tensor[] = [
    tf.randomNormal([784, HIDDEN], 0, 0.05),
    tf.zeros([HIDDEN]),
    tf.randomNormal([HIDDEN, 10], 0, 0.2),
    tf.zeros([10]),
  ];
  for (let i = 0; i < COUNT; i++) {
    const x = tf.tidy(() => divide(images.slice(i * SIZE, SIZE), 255).reshape([SIZE, 784]));
    const y = tf.tensor1d(labels.slice(i * SIZE, SIZE).data, 'int32');
    const previous = weights;
    // Dispose of all other tensors of the step.
    tf.engine().startScope();
    try {
      weights = (await step(x, y, previous, RATE)) as tf.Tensor[];
    } finally {
      tf.engine().endScope(weights);
    }
    tf.dispose([x, y, ...previous.filter(tensor => !weights.includes(tensor))]);
    if ([1, 10, COUNT].includes(i + 1)) accuracies.push(accuracyOf(weights, pictures, digits));
  }
  tf.dispose([pictures, weights]);
  return accuracies;
}

const accuracyOf = (weights: tf.Tensor[], pictures: tf.Tensor, digits: Uint8Array): number =>
  tf.tidy(() => {
    const [W1, b1, W2, b2] = weights as WeightTensors;
    const h = pictures.reshape([-1, 784]).matMul(W1).add(b1).relu();
    const answers = h.matMul(W2).add(b2).argMax(1);
    return itemAt(answers.equal(tf.tensor1d(digits, 'int32')).mean().dataSync(), 0);
  });
