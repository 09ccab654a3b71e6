import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'Without relu, two layers are one',
  task: [
    'Two layers without activation compute `(x · w1 + b1) · w2 + b2`. Find the weights `w` and the bias `b` of a single layer for which `x · w + b` is the same, whatever `x` is. Return `[w, b]`.',
    'The matrix product is `a.matMul(b)`, the sum `a.add(b)`. `matMul` takes matrices only: `b1.reshape([1, -1])` makes a vector into a matrix of one row.',
  ],
  starter: `
const merge = (w1: tf.Tensor2D, b1: tf.Tensor1D, w2: tf.Tensor2D, b2: tf.Tensor1D) => {
  // return [w, b];
};
`,
  hints: [
    'Expand (x · w1 + b1) · w2 + b2. Which terms are multiplied by x, and which are not?',
    'w is w1.matMul(w2); b is b1 · w2 + b2, for which b1 first becomes a row: b1.reshape([1, -1]).',
  ],
  wrong: {
    reversed:
      'The factors are in the wrong order: x meets w1 first and then w2, so it is w1 · w2. The order matters in a matrix product.',
    placeByPlace: 'mul multiplies number by number, place by place. The matrix product is matMul.',
    added: 'You add w1 and w2; they should be multiplied: x · w1 · w2.',
    firstAlone: 'Those are the weights of the first layer alone; the second is still missing.',
    secondAlone: 'Those are the weights of the second layer alone; the first is still missing.',
    biasesAdded:
      'b1 is added in the first layer, so it passes through w2 as well. Expand (x · w1 + b1) · w2 + b2.',
    secondBias:
      'That is the bias of the second layer alone. b1, having passed through w2, is part of the result, too.',
    firstBias: 'That is the bias of the first layer alone. It passes through w2, and b2 is added.',
    withoutSecond: 'b2 is still to be added.',
    reversedBias:
      'The order is reversed: b1 is a row and stands on the left, so it is b1 · w2, not w2 · b1.',
    secondToo: 'b2 is added at the very end: it does not pass through w2.',
  },
  other: {
    weights: (w1: string, w2: string) => `w for w1 = ${w1} and w2 = ${w2}`,
    bias: (b1: string, w2: string, b2: string) =>
      `w is right. b for b1 = ${b1}, w2 = ${w2} and b2 = ${b2}`,
    results: (result: string) =>
      `The function should return two things, [w, b]; it returns ${result}.`,
  },
  reward:
    'Two linear layers are one linear layer. Only with relu between them can two layers learn more than one.',
  reasoning:
    'A product can be expanded: (x · w1 + b1) · w2 + b2 = x · (w1 · w2) + (b1 · w2 + b2). What multiplies x is the new w, the rest is the new b.',
  solution: `
const merge = (w1: tf.Tensor2D, b1: tf.Tensor1D, w2: tf.Tensor2D, b2: tf.Tensor1D) => {
  const w = w1.matMul(w2);
  const b = b1.reshape([1, -1]).matMul(w2).add(b2);
  return [w, b];
};
`,
} satisfies ExerciseText;
