import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'Recognise one picture',
  task: [
    '`picture` is a single picture of shape `[28, 28]`, its pixels already between 0 and 1. Let the trained `model` from above say which digit it is, and return that as a plain number.',
  ],
  starter: `
const recognise = (picture: tf.Tensor) => {
  // return …
};
`,
  hints: [
    'Give the picture its batch axis, predict, take the index of the largest probability, and read back a number.',
    'model.predict(picture.reshape([1, 28, 28])).argMax(1) is a tensor; .dataSync()[0] reads the digit.',
  ],
  wrong: {
    same: (count: number, digit: number) =>
      `For ${count} different pictures the prediction is always ${digit}. Is picture used, and was the model trained? The pixels are between 0 and 1 already and need no scaling.`,
    fromOne:
      'Every prediction is 1 too large: indices count from 0, and the probability at index 0 is that of the digit 0.',
    few: (right: number, count: number) =>
      `Only ${right} of ${count} test pictures came out right. Was the model trained? The pixels are between 0 and 1 already and need no scaling; return the index of the largest probability.`,
    probability: (digit: string) =>
      `${digit}: that is the largest probability itself. Return its index, which is the digit recognised.`,
    batchAxis:
      'These are ten whole numbers: argMax(0) looks along the batch axis, and the batch has only one picture. argMax(1) looks among the ten probabilities.',
    probabilities:
      'These are the ten probabilities. Return the index of the largest, which is the digit recognised.',
  },
  reward: (right: number, count: number) =>
    `${right} of ${count} test pictures came out right. A model computes in batches; one picture is a batch of 1.`,
  reasoning:
    'A model computes in batches, so even one picture needs a batch axis. Probability i is that of the digit i, so the index of the largest is the digit.',
  solution: `
const recognise = (picture: tf.Tensor) =>
  model.predict(picture.reshape([1, 28, 28]))
    .argMax(1)
    .dataSync()[0];
`,
} satisfies ExerciseText;
