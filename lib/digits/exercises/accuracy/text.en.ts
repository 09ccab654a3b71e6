import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'Accuracy by hand',
  task: [
    '`labels` are the labels, `predictions` the digits that the network predicts, in the same order. Compute the accuracy, a number between 0 and 1.',
  ],
  starter: `
const accuracy = (labels: number[], predictions: number[]) => {
  // return …
};
`,
  hints: [
    'Count the places where labels[i] equals predictions[i], and divide by how many there are.',
    'labels.filter((label, i) => label === predictions[i]).length is how many are right.',
  ],
  wrong: {
    rightOnes: 'That is how many are right, not yet divided by how many there are.',
    wrongShare: 'That is the share that is wrong; the right ones are asked for.',
    wrongOnes: 'That is how many are wrong.',
    percentage: 'That is a percentage; an accuracy is a number between 0 and 1.',
  },
  reward:
    'That is the share of right predictions. It asks only which probability is the largest, not by how much; that shows in the loss. Whether it is good, a baseline tells, such as that of 3.1.',
  reasoning:
    'A prediction is right or wrong, so right ones can be counted; divided by all, the result can be compared with that of a set of another size.',
  solution: `
const accuracy = (labels: number[], predictions: number[]) =>
  labels.filter((label, i) => label === predictions[i]).length / labels.length;
`,
} satisfies ExerciseText;
