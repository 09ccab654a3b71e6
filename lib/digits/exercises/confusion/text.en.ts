import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'What is taken for what?',
  task: [
    'Make the confusion matrix: ten rows of ten numbers, counted from 0, where row `i`, column `j` tells how many samples with the label `i` were taken for a `j`. You can begin with rows of zeros, as in `const rows = [[0, 0], [0, 0]]`, and add 1 to a cell with `rows[1][0] += 1`.',
  ],
  starter: `
const confusion = (labels: number[], predictions: number[]) => {
  // return …
};
`,
  hints: [
    'Begin with ten rows of ten zeros. Each sample adds 1 in row labels[i], column predictions[i].',
    'Array.from({ length: 10 }, () => new Array(10).fill(0)), then labels.forEach((label, i) => { … }).',
  ],
  wrong: {
    exchanged: 'Rows and columns are swapped. Rows are the labels, columns the predictions.',
    atMostOne:
      'No cell is above 1: a pair that occurs twice counts twice. Add up instead of writing 1.',
    rightOnes:
      'That counts only the right predictions, the diagonal. It is the wrong ones that tell which digit is taken for which.',
    wrongOnes:
      'That counts only the wrong predictions. The right ones belong in it, too, on the diagonal.',
    sameRows:
      'All ten rows are the same: fill puts one and the same array into each, so that a change of one row changes them all. Make an array for each row.',
    shares: 'Those are shares, but the matrix holds counts.',
  },
  notFinite: 'Some cells are no numbers: each has to begin at 0 before 1 can be added.',
  other: {
    shape:
      'The matrix has ten rows of ten numbers: a row for each label, a column for each prediction.',
  },
  reward:
    'The diagonal holds the right predictions; the other cells tell what was taken for what. Accuracy is one number; this says where to look.',
  reasoning:
    'Each sample belongs to exactly one cell: its label says in which row, its prediction in which column. So one pass over the samples is enough.',
  solution: `
const confusion = (labels: number[], predictions: number[]) => {
  const rows = Array.from({ length: 10 }, () => new Array<number>(10).fill(0));
  labels.forEach((label, i) => {
    rows[label][predictions[i]] += 1;
  });
  return rows;
};
`,
} satisfies ExerciseText;
