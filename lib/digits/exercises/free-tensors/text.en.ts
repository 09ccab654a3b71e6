import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'Leave no tensors behind',
  task: [
    'Memory grows as needed, but TensorFlow.js does not free it by itself: every operation makes a tensor, which stays on the device until it is freed. `tf.tidy(() => …)` runs a function and frees all tensors made in it, except one that it returns; `x.dispose()` frees a single one.',
    'Write a function that returns, as a number, the average, over all pictures of `x`, `[n, 28, 28]`, of each picture’s brightest pixel. `x.max([1, 2])` takes the largest number along two axes, `a.mean()` the mean, `a.dataSync()[0]` reads a number. Afterwards there must be as many tensors as before, by `tf.memory().numTensors`, and `x` must still be there.',
  ],
  starter: `
const brightest = (x: tf.Tensor3D) => {
  // return …
};
`,
  hints: [
    'First compute the number, then look how many tensors each call adds: console.log(tf.memory().numTensors) before and after. Each of max and mean makes one.',
    'return tf.tidy(() => x.max([1, 2]).mean().dataSync()[0]); — a number needs no freeing, and x was made outside, so that tidy leaves it alone.',
  ],
  wrong: {
    brightestOfAll:
      'max without axes makes one number of the whole batch. Take the largest of each picture, along axes 1 and 2, and then the mean.',
    meanOfAll: 'That is the mean of all pixels. Take the largest of each picture first.',
    brightestMean:
      'The two are in the wrong order: first the largest pixel of each picture, then the mean over the pictures.',
    summed: 'You add up the pictures’ largest pixels. The mean divides that by their number.',
  },
  other: {
    batch: (n: number) => `A batch of ${n} pictures`,
    left: (count: number) =>
      `The number is right, but each call leaves ${count} more tensor${count === 1 ? '' : 's'} in memory. Do all of it in tf.tidy(() => …) and read the number there, or dispose of every tensor that you made.`,
    freed:
      'The number is right, but x has been freed, and whoever called the function still needs it. Free only what the function made.',
  },
  reward:
    'The number is right, and memory is as it was. fit and predict tidy up for themselves; in loops of your own a tensor left per step fills the memory of a GPU in minutes.',
  reasoning:
    'max and mean make a tensor each. tidy frees both; what it returns is a number, which is no tensor.',
  solution: `
const brightest = (x: tf.Tensor3D) =>
  tf.tidy(() => x.max([1, 2]).mean().dataSync()[0]);
`,
} satisfies ExerciseText;
