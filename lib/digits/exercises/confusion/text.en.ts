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
    exchanged: 'Rows and columns are exchanged. Rows are the labels, columns the answers.',
    atMostOne:
      'No cell is above 1: a pair that occurs twice counts twice. Add up instead of writing 1.',
    rightOnes:
      'Only the right answers were counted, the diagonal. It is the wrong ones that tell which digit is taken for which.',
    wrongOnes:
      'Only the wrong answers were counted. The right ones belong in it, too, on the diagonal.',
    sameRows:
      'All ten rows are the same: fill puts one and the same array into each, so that a change of one row changes them all. Make an array for each row.',
    shares: 'Those are shares of each row, but the matrix holds counts.',
    sharesOfAll: 'Those are shares of all samples, but the matrix holds counts.',
  },
  notFinite: 'Some cells are no numbers: each has to begin at 0 before 1 can be added.',
  other: {
    shape:
      'The matrix has ten rows of ten numbers: a row for each label, a column for each answer.',
  },
  reward: 'Right answers are on the diagonal; the other cells tell what was taken for what.',
  solution: `
const confusion = (labels: number[], predictions: number[]) => {
  const rows: number[][] = [];
  for (let row = 0; row < 10; row++) {
    const counts: number[] = [];
    for (let column = 0; column < 10; column++) {
      let count = 0;
      for (let i = 0; i < labels.length; i++) {
        if (labels[i] === row && predictions[i] === column) count += 1;
      }
      counts.push(count);
    }
    rows.push(counts);
  }
  return rows;
};
`,
} satisfies ExerciseText;
