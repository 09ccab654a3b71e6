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
    'filter((label, i) => …) keeps the labels for which something is true, and hands you the index i as well; length then counts them.',
  ],
  wrong: {
    rightOnes: 'That is how many are right, not yet divided by how many there are.',
    wrongShare: 'That is the share that is wrong; the right ones are asked for.',
    wrongOnes: 'That is how many are wrong.',
    assigned:
      'labels[i] = predictions[i] does not compare: it puts the prediction in the place of the label, and counts whatever is not 0. Write === to compare.',
    oneTooMany:
      'One too many is counted: with i <= labels.length, i runs one past the last index, where both are undefined, and so equal. Write i < labels.length.',
    percentage: 'That is a percentage; an accuracy is a number between 0 and 1.',
  },
  reward:
    'That is the share of right predictions. It asks only which probability is the largest, not by how much; that shows in the loss. A baseline, such as that of 3.1, tells whether it is good.',
  reasoning:
    'A prediction is right or wrong, so right ones can be counted; divided by all, the result can be compared with that of a set of another size.',
  solution: `
const accuracy = (labels: number[], predictions: number[]) =>
  labels.filter((label, i) => label === predictions[i]).length / labels.length;
`,
} satisfies ExerciseText;
