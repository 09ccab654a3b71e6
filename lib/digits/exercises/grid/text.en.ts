import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'Two rows of three',
  task: ['Make a tensor of shape `[2, 3]` that holds the numbers 1 to 6.'],
  starter: `
const grid = undefined; // tf.…
`,
  hints: [
    'tf.tensor2d takes an array of arrays; each item of the outer array is a row.',
    'tf.tensor2d([[1, 2, 3], …]): add the second row.',
  ],
  wrong: {
    shapeAsContent:
      'Here [2, 3] is the content: the tensor holds just the numbers 2 and 3. It should be the shape.',
    oneAxis: (shape: string) =>
      `The shape is [${shape}], a single axis. It should have two: rows, then columns.`,
    transposed:
      'The shape is [3, 2], which is three rows of two. A shape is written from the outside in: first how many rows, then how many numbers in a row.',
    shape: (shape: string) => `The shape should be [2, 3]; it is [${shape}].`,
    fromZero: 'The shape is right, but the numbers are 0 to 5. They should be 1 to 6.',
    content: (content: string) =>
      `The shape is right, but the numbers are ${content}. They should be 1 to 6, each of them once.`,
  },
  reward:
    'Two rows of three numbers. Read [60000, 28, 28] in the same way: 60,000 pictures, each with 28 rows of 28 pixels.',
  solution: `
const grid = tf.tensor2d([
  [1, 2, 3],
  [4, 5, 6],
]);
`,
} satisfies ExerciseText;
