import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'softmax by hand',
  task: [
    'Turn any numbers (`logits`) into probabilities, without `tf.softmax`: $p_i = e^{z_i} / \\sum_j e^{z_j}$. $e^z$ is `Math.exp(z)`. Large numbers must work too. `Math.exp(1000)` is Infinity, so you will need an idea.',
  ],
  starter: `
const softmax = (logits: number[]) => {
  // return …
};
`,
  hints: [
    'Take Math.exp of each number, then divide each by their sum. Large numbers must be made smaller first: subtracting the same number from each leaves the probabilities as they are.',
    'The number to subtract is the largest, Math.max(...logits). Make the powers of all first, with map; add them up, with reduce; then divide each by that sum, with map again.',
  ],
  wrong: {
    cutOff:
      'Cutting large numbers off at 700 loses the differences between them. Subtracting the largest keeps these.',
    notShared:
      'They do not add up to 1: divide each by the sum of them all, not by the largest alone.',
    byLargest:
      'You divide by the largest; only the sum of the powers makes them add up to 1. The largest is of use earlier: subtract it before you take powers.',
    withoutPowers:
      'You only divide by the sum. Take powers of e first, which makes even negative numbers positive.',
    shifted: 'You subtract the smallest and divide by the sum. Take powers of e before you divide.',
    sigmoid: 'That is the sigmoid, which takes each number by itself: they do not add up to 1.',
    largestAlone:
      'That says only which is the largest. The others have a probability, too, if a smaller one.',
  },
  notFinite:
    'e to the 1000 is too large and becomes Infinity, and Infinity divided by Infinity is NaN; if what you subtract is too large, all powers become 0, and so is their sum. Make the numbers smaller before you take powers, in a way that leaves the probabilities as they are.',
  other: {
    byTf: "The result is right, but TensorFlow's own softmax computed it. The point here is to compute it yourself.",
  },
  reward:
    'All of them are positive, they add up to 1, and their order is kept. TensorFlow subtracts the largest number, too.',
  reasoning:
    'Powers of e are positive, and divided by their sum they add up to 1. Subtracting c from each z divides every power by e^c, which cancels; with the largest as c, no power is above 1.',
  solution: `
const softmax = (logits: number[]) => {
  const largest = Math.max(...logits);
  const powers = logits.map(z => Math.exp(z - largest));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map(power => power / sum);
};
`,
} satisfies ExerciseText;
