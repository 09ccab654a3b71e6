import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'Deeper, yet smaller',
  task: [
    'The model of the lesson has one hidden layer and 101,770 parameters. Build one with two hidden layers and fewer parameters, and say how many it has. Count on paper first, then compare with `slim.countParams()`.',
  ],
  starter: `
const slim = tf.sequential();
// slim.add(…);
const parameters = undefined; // 784 * …
`,
  hints: [
    'Give the first hidden layer fewer than 128 units. Parameters of a layer: inputs × units + units.',
    'For instance 64 and 32: 784 × 64 + 64, 64 × 32 + 32, and the output layer; add the three.',
  ],
  wrong: {
    tooMany: (parameters: string) =>
      `This model has ${parameters} parameters, not fewer than 101,770. The first hidden layer costs most: 785 for each unit.`,
    count: (parameters: string, why: string) =>
      `The model is small enough, but its parameters are not ${parameters}. ${why}`,
    noBiases: (biases: number) => `These are the weights alone; ${biases} biases are missing.`,
    noOutput: (parameters: number) => `The ${parameters} of the output layer are missing.`,
    firstAlone: 'These are those of the first hidden layer; two layers follow.',
    lessonModel: 'That is the model of the lesson.',
    otherCount:
      'Count layer by layer, as in 6.1: Flatten hands on 784 numbers and has no parameters; the inputs of a layer are the units of the one before.',
  },
  reward: (parameters: string) =>
    `${parameters} parameters: deeper, yet smaller. More layers need not mean more parameters; what counts is the width of the first.`,
  reasoning:
    'Nearly all parameters lie between the 784 inputs and the first layer. Making that layer narrower saves far more than another layer behind it costs.',
  solution: `
const slim = tf.sequential();
slim.add(tf.layers.flatten({ inputShape: [28, 28] }));
slim.add(tf.layers.dense({ units: 64, activation: 'relu' }));
slim.add(tf.layers.dense({ units: 32, activation: 'relu' }));
slim.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
const parameters = 784 * 64 + 64 + (64 * 32 + 32) + (32 * 10 + 10);
`,
} satisfies ExerciseText;
