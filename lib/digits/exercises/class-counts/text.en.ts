import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'How many of each digit, and what is right without looking?',
  task: [
    'How many pictures of each digit, 0 to 9, does the training set hold? Make an array of these ten numbers, `counts`. The labels are in `trainLabels.data`.',
    'Now suppose that somebody always names the same digit, without looking at the picture. What is the highest accuracy, between 0 and 1, that this can reach on the training set? Any network has to beat this `baseline`.',
  ],
  starter: `
const counts = undefined; // […]
const baseline = undefined; // 0 … 1
`,
  hints: [
    'Count one digit first: how many labels in trainLabels.data are equal to it? Then do the same for all ten. Which digit would you always name?',
    'trainLabels.data.filter(label => label === 3).length counts the 3s. [0, 1, …, 9].map(digit => …) does it for all ten digits. The baseline is Math.max(...counts), divided by all.',
  ],
  wrong: {
    testSet: 'That is the test set. Count the training set, whose labels are trainLabels.',
    bothSets: 'That counts the test set, too. Count the training set alone.',
    equal:
      '60,000 divided by 10 is 6,000, but there are not equally many of each digit: count them.',
    labelsAdded: 'You add up the labels themselves. Add 1 for each label.',
    withoutValidation:
      'That counts only the first 48,000. The training set has 60,000; validation takes its part from them.',
  },
  other: {
    length: (length: string) =>
      `There should be ten numbers, one for each class; there are ${length}.`,
    notCounted:
      'Some of the numbers are NaN: 1 added to undefined, which an empty array holds. Begin with ten zeros, new Array(10).fill(0).',
    sum: (sum: string) =>
      `The ten numbers should add up to 60,000; they make ${sum}. Count each label exactly once.`,
    digit: (count: string, digit: number) =>
      `The sum is right, but there are not ${count} pictures of the digit ${digit}.`,
    baselineCount:
      'The counts are right. The baseline should be an accuracy: divide by how many pictures there are.',
    baselinePercentage:
      'The counts are right. The baseline is a percentage; an accuracy is a number between 0 and 1.',
    baselineGuess:
      'The counts are right. 0.1 is what guessing at random reaches. Whoever always names the same digit can do better: which one?',
    baseline: (baseline: string) =>
      `The counts are right. The baseline is not ${baseline}: of the 60,000 training pictures, which share has the digit that is named?`,
  },
  reward:
    '1 is the commonest (6,742), 5 the rarest (5,421). They differ so little that accuracy is a fair measure: always saying 1 is right only about 11% of the time. Were nine in ten of them a 1, 90% would be worth nothing.',
  reasoning:
    'Each label is one of the ten digits, so the ten counts add up to 60,000. Nobody can be right more often without looking than by always naming the commonest.',
  solution: `
const counts = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(
  digit => trainLabels.data.filter(label => label === digit).length,
);
const baseline = Math.max(...counts) / trainLabels.data.length;
console.log(counts, baseline);
`,
} satisfies ExerciseText;
