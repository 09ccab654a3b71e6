import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'argMax(1) by hand',
  task: [
    'Each of the `rows` holds the probabilities that a network gives for one picture. Which class does it predict for each? Without `tf`, return the index of the largest number in each row: `[[0.1, 0.9], [0.8, 0.2]]` gives `[1, 0]`.',
  ],
  starter: `
const argMax = (rows: number[][]) => {
  // return …
};
`,
  hints: [
    'For each row: find the largest number, then its index.',
    'map makes one number of each row. Math.max(...row) is the largest number of a row, and row.indexOf(…) gives the index of a number in it.',
  ],
  wrong: {
    probabilities: 'Those are the largest probabilities themselves; return their places.',
    columns:
      'Those were looked for in each column. A row is a sample: look within the rows (axis 1).',
    half: 'The largest probability need not reach 0.5; where it does not, findIndex returns -1.',
    smallest: 'Those are the places of the smallest probabilities.',
    fromOne: 'All are 1 too large: places count from 0.',
    firstRow: 'That is the index in the first row alone; there should be one for each row.',
    allRows: 'That was looked for in all rows together; there should be one for each row.',
    oneHot: 'That is the one-hot form; return the index of the 1.',
  },
  other: {
    byTf: 'The result is right, but tf found it. Here you are to find it yourself, without tf.',
  },
  reward:
    'One prediction for each picture: that is argMax(1). argMax(0) would look along the columns.',
  reasoning:
    'The ten probabilities of a picture compete with one another, not with those of other pictures; so the largest is looked for in each row by itself.',
  solution: `
const argMax = (rows: number[][]) => rows.map(row => row.indexOf(Math.max(...row)));
`,
} satisfies ExerciseText;
