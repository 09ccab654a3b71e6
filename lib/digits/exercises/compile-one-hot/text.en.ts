import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'Train with one-hot labels',
  task: [
    'Many programs keep their labels as one-hot vectors. Compile this model again, with the cross-entropy that suits such labels, and with adam, but at a learning rate of 0.01. Then train it for one epoch with one-hot labels: 6,000 samples will do. `tf.oneHot(labels, 10)` makes such labels.',
    "`'adam'` has a learning rate of 0.001. For another one, write the optimizer as an object, such as `tf.train.sgd(0.1)`; adam can be written in the same way.",
  ],
  starter: `
const forOneHot = newModel();
// forOneHot.compile({ … }); await forOneHot.fit(…);
`,
  hints: [
    'Call compile again with an optimizer and a loss; the name of the loss goes without “sparse”. Then fit takes xTrain.slice(0, 6000), and for the labels tf.oneHot(…, 10) of as many.',
    'compile takes no learning rate: learningRate: 0.01 beside optimizer and loss is silently ignored. The rate goes into the optimizer: optimizer: tf.train.adam(0.01). The loss is the one of the lesson, without “sparse”, and begins with a small c.',
  ],
  wrong: {
    notCompiled: 'This model has not been compiled.',
    sparseLoss:
      'The loss is still the sparse kind, which takes digits. For one-hot labels, use the one without “sparse”.',
    sparseMetric:
      'The metric is still the sparse kind, which takes digits and fails on one-hot labels. Leave it out, or take tf.metrics.categoricalAccuracy.',
    binaryMetric: (name: string) =>
      `The metric ${name} is for two classes only. Leave it out, or take tf.metrics.categoricalAccuracy.`,
    loss: (expected: string, got: string) =>
      `The loss is not cross-entropy: for the same ten samples that is ${expected}, and this model computes ${got}.`,
    notTrained:
      'Compiled rightly, but not trained. Call await forOneHot.fit(…) with pictures and one-hot labels.',
    low: (accuracy: string) =>
      `Compiled rightly, but it recognises only ${accuracy} of the validation pictures. Do the labels belong to these pictures, and are there enough of both?`,
    optimizer: (name: string) => `The optimizer is ${name}, but the exercise asks for adam.`,
    learningRate: (rate: number) =>
      `The learning rate is ${rate}, but should be 0.01. 'adam' stands for the default, 0.001; tf.train.adam(…) takes another.`,
  },
  other: { untouched: 'This model is still compiled as the lesson does it.' },
  reward: (accuracy: string) =>
    `It recognises ${accuracy} of the validation pictures. The loss has to suit the form of the labels; an optimizer given as an object can have another learning rate.`,
  reasoning:
    'Both kinds of cross-entropy compute the same number; the loss only has to know in which form the label comes. The layers stay as they are, because compile says how to learn, not what to compute.',
  solution: `
const forOneHot = newModel();
forOneHot.compile({ optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy' });
await forOneHot.fit(xTrain.slice(0, 6000), tf.oneHot(yTrain.slice(0, 6000), 10), {
  epochs: 1,
  verbose: 0,
});
`,
} satisfies ExerciseText;
