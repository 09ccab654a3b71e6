import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'The most certain mistake',
  task: [
    "Among the 10,000 test pictures, find the one that `model` gets wrong with the greatest certainty, and give its number in the test set. The network's certainty is the probability of its own prediction: `p.max(1)` is the largest number of each row, as `p.argMax(1)` is its index.",
  ],
  starter: `
const worst = undefined; // 0 … 9999
`,
  hints: [
    'Predict all test pictures; argMax(1) is the prediction, max(1) the certainty. Among those whose prediction is not the label, find the most certain.',
    'With digits and certainty read by dataSync(), let i go from 0 to 9999: where digits[i] !== testLabels.data[i] and certainty[i] is the largest so far, note i.',
  ],
  wrong: {
    untrained: 'This model is mostly wrong: train it first.',
    certainty: (index: string) =>
      `${index} is a certainty; give the number of the picture instead.`,
    range: (index: string) => `The test pictures are numbered 0 to 9999; this is ${index}.`,
    place: (index: number) =>
      `${index} is its index in the list of mistakes, not its number in the test set.`,
    rightAnswer: (index: number, label: number) =>
      `Picture ${index} shows the digit ${label}, and the network is right. Look among the wrong ones only.`,
    notTheWorst: (index: number, mine: string, most: string) =>
      `Picture ${index} is a mistake, made with a certainty of ${mine}; but there is one made with ${most}.`,
  },
  reward: (index: number, label: number, digit: number, certainty: string) =>
    `Picture ${index} shows the digit ${label}, and the network says ${digit} with a certainty of ${certainty}. A high probability is no proof. Look at the picture below: would you have read it?`,
  reasoning:
    'Most certain predictions are right, and most mistakes are uncertain. So leave out what is right first, and only then compare the certainties.',
  solution: `
const probabilities = model.predict(xTest);
const digits = probabilities.argMax(1).dataSync();
const certainty = probabilities.max(1).dataSync();
let worst = 0;
let most = 0;
for (const [i, p] of certainty.entries()) {
  const isWrong = digits[i] !== testLabels.data[i];
  if (isWrong && p > most) {
    worst = i;
    most = p;
  }
}
`,
} satisfies ExerciseText;
