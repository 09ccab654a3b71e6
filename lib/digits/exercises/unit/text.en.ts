import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'One unit by hand',
  task: [
    'A unit has a weight for each of its inputs, and a bias. It multiplies each input by its weight, adds the products and the bias, and puts out what is above 0, else 0: $h = \\mathrm{relu}(\\sum_i x_i w_i + b)$. Write it in plain TypeScript: `x` and `w` are arrays of the same length, `b` is a number.',
  ],
  starter: `
const unit = (x: number[], w: number[], b: number) => {
  // return …
};
`,
  hints: [
    'Begin with let sum = b, and add x[i] * w[i] for each i. relu comes last: Math.max(0, sum).',
    'A single line does it: return Math.max(0, x.reduce((sum, value, i) => sum + value * w[i], b));',
  ],
  inputs: (x: string, w: string, b: string) => `x = ${x}, w = ${w}, b = ${b}`,
  wrong: {
    noBias: 'The bias is left out: it is added to the sum before relu.',
    biasEach: 'You add the bias to each product. It is added once, to their sum.',
    noRelu: 'relu is missing: a sum below 0 becomes 0.',
    reluEach:
      'You apply relu to each product. Negative products must count, or no input could speak against: relu comes once, after the sum.',
    reluEarly: 'relu comes after the bias, not before: it is applied to the whole sum.',
    mean: 'You take the mean of the products. A unit takes their sum.',
    noStart:
      'Without a value to start from, reduce starts with x[0] itself, which is not multiplied by its weight. Give it one: x.reduce(…, b).',
    sigmoid: 'That is the sigmoid. relu leaves a positive sum as it is, and makes 0 of the others.',
  },
  notFinite: 'x[x.length] is undefined: the last index is x.length - 1.',
  reward:
    'That is all that a unit does. The lesson’s hidden layer is 128 of these, with 784 inputs each.',
  reasoning:
    'The sum starts with the bias, each input adds its share in proportion to its weight, and relu comes once, at the end.',
  solution: `
const unit = (x: number[], w: number[], b: number) => {
  let sum = b;
  x.forEach((value, i) => {
    sum += value * w[i];
  });
  return Math.max(0, sum);
};
`,
} satisfies ExerciseText;
