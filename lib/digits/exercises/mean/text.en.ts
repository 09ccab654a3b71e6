import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'Read it back',
  task: [
    'Let `tf` compute the mean of some numbers, and return it as a plain number: `[2, 4, 9]` gives 5. The mean of a tensor `t` is `t.mean()`.',
  ],
  starter: `
const mean = (values: number[]) => {
  // return …
};
`,
  hints: [
    'tf.tensor1d makes a tensor, and a tensor has a method mean(). The result is still a tensor: read it back.',
    'After return tf.tensor1d(values).mean(), add .dataSync()[0].',
  ],
  wrong: {
    total: 'That is the sum; divide it by how many numbers there are.',
    oneLess: 'You divide by one less than the number of values.',
    largest: 'That is the largest of them.',
    smallest: 'That is the smallest of them.',
    first: 'That is just the first of them.',
    median: 'That is the middle one in order of size, the median, not the mean.',
    middle: 'That is the mean of the largest and the smallest; the others count too.',
    truncated: 'The decimals are lost: an int32 tensor holds whole numbers only.',
    rounded: 'Do not round the result.',
  },
  other: {
    withoutTf:
      'The number is right, but tf did not compute it. The point here is to let tf compute on the device, and to read the result back.',
  },
  reward:
    'Tensors are computed on the device; dataSync() or arraySync() brings the result back to JavaScript.',
  solution: `
const mean = (values: number[]) => tf.tensor1d(values).mean().dataSync()[0];
`,
} satisfies ExerciseText;
