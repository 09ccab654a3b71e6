import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'How many of each digit?',
  task: [
    'How many pictures of each digit, 0 to 9, does the training set hold? Make an array of these ten numbers. The labels are in `trainY.data`.',
  ],
  starter: `
const counts = undefined; // […]
`,
  hints: [
    'Count one digit first: how many labels in trainY.data are equal to it? Then do the same for all ten.',
    'trainY.data.filter(label => label === 3).length counts the 3s. [0, 1, …, 9].map(digit => …) does it for all ten digits.',
  ],
  wrong: {
    testSet: 'That is the test set. Count the training set, whose labels are trainY.',
    bothSets: 'That counts the test set, too. Count the training set alone.',
    equal:
      '60,000 divided by 10 is 6,000, but there are not equally many of each digit: count them.',
    labelsAdded: 'You add up the labels themselves. Add 1 for each label.',
    shares: 'Those are shares of the whole, not counts.',
    percentages: 'Those are percentages of the whole, not counts.',
    withoutValidation:
      'You counted the first 48,000 only. The training set has 60,000; validation takes its part from them.',
  },
  other: {
    length: (length: string) =>
      `There should be ten numbers, one for each class; there are ${length}.`,
    places:
      'All ten numbers are right, but not in their places: the count of the digit 0 comes first, that of 9 last.',
    sum: (sum: string) =>
      `The ten numbers should add up to 60,000; they make ${sum}. Count each label exactly once.`,
    digit: (count: string, digit: number) =>
      `The sum is right, but there are not ${count} pictures of the digit ${digit}.`,
  },
  reward:
    'There are most of 1 (6,742) and fewest of 5 (5,421). They differ so little that accuracy is a fair measure: always answering 1 is right only about 11% of the time.',
  solution: `
const counts = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(
  digit => trainY.data.filter(label => label === digit).length,
);
console.log(counts);
`,
} satisfies ExerciseText;
