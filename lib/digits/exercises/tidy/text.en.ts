import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'Leave no tensor behind',
  task: [
    'The function below gives the right result, but each call leaves three tensors behind that nobody frees. Rewrite it so that only the one it returns is left.',
    '`tf.tidy` runs a function, then frees every tensor that was made in it except the one returned: `tf.tidy(() => x.square().sum())` keeps the sum and frees the squares.',
  ],
  starter: `
const centre = (x: tf.Tensor) => x.sub(x.mean()).div(x.max());
`,
  hints: [
    'x.mean(), x.sub(…) and x.max() each make a tensor; tf.tidy frees them when it ends.',
    'Put the whole expression into tf.tidy(() => …), and return what tf.tidy returns.',
  ],
  inputs: (values: string) => `x = ${values}`,
  wrong: {
    largestAfter:
      'Divide by the largest number of x; you divide by the largest after the mean was subtracted.',
    notDivided: 'A step is missing: divide by the largest number of x.',
    noMean: 'A step is missing: subtract the mean of x first.',
    exchanged: 'The mean and the largest number are exchanged.',
    dividedFirst: 'Subtract first, then divide; you divide first.',
  },
  other: {
    itself: 'You return x itself, without any computing.',
    inputFreed:
      'You freed x as well, but whoever calls the function still needs it. Free only what the function itself made.',
    shape: (expected: string, shape: string) =>
      `The shape of the result should be [${expected}]; it is [${shape}].`,
    kept: (kept: number) =>
      `The result is right, but a call leaves ${kept} tensor${kept > 1 ? 's' : ''} behind that nobody frees.`,
  },
  reward:
    'Only the result is left. In a training loop, a few tensors left behind at each step soon fill the memory.',
  solution: `
const centre = (x: tf.Tensor) => tf.tidy(() => x.sub(x.mean()).div(x.max()));
`,
} satisfies ExerciseText;
