import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'One more hidden layer',
  task: [
    'Build a model with two hidden layers that turns pictures of 28 × 28 into ten probabilities. How many units a hidden layer has is up to you.',
  ],
  starter: `
const deeper = tf.sequential();
// deeper.add(…);
`,
  hints: [
    "It is the lesson's model with one more Dense layer between its two; that layer needs an activation, too.",
    "Add in turn: flatten({ inputShape: [28, 28] }), two dense({ units: …, activation: 'relu' }), one dense({ units: 10, activation: 'softmax' }).",
  ],
  wrong: {
    linear: (place: number) =>
      `Hidden layer ${place} has no activation. Two linear layers in a row are still one linear layer, as 5.2 shows.`,
    noSoftmax: (sum: string) =>
      `The ten outputs are not probabilities: they add up to ${sum}, not to 1. The output layer lacks softmax.`,
    noShares: (sum: string, last: string) =>
      `The ten outputs are not probabilities: they add up to ${sum}, not to 1. The output layer has ${last} where softmax should be.`,
  },
  reward:
    'Both hidden layers have an activation, and softmax comes last. How many parameters does it have? That is for stage 6.',
  reasoning:
    'Without a bend between them, two layers would merge into one (5.2): so relu stands in both hidden layers. softmax comes only last, since only there probabilities are wanted.',
  solution: `
const deeper = tf.sequential();
deeper.add(tf.layers.flatten({ inputShape: [28, 28] }));
deeper.add(tf.layers.dense({ units: 128, activation: 'relu' }));
deeper.add(tf.layers.dense({ units: 64, activation: 'relu' }));
deeper.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
`,
} satisfies ExerciseText;
