import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'Experiment: a small convolution',
  task: [
    'The network of the lesson reaches about 97%. Build a model with a convolution and train it on `xTrain` with `validationSplit: 0.2`, so that its validation accuracy is above 97.5%. Only then does `check` use the test set, once. A second convolution with pooling brings it near 99%: 16 filters, then 32, of size 5, a Dense layer of 64, and 4 epochs gave 98.7% in a trial.',
    'Flatten lays a picture out in one long row, and with that it loses which pixels are neighbours. A convolution moves many small windows, its filters, over the picture, each looking for a stroke of its own; pooling makes the picture smaller and keeps only the largest number of each little square. The two layers are written like this:',
    "```ts\ntf.layers.conv2d({ filters: 8, kernelSize: 3, activation: 'relu', inputShape: [28, 28, 1] })\ntf.layers.maxPooling2d({ poolSize: 2 })\n```",
    'A convolution wants an axis for the channels of a picture, of which grey has one: `xTrain.reshape([-1, 28, 28, 1])`, where TensorFlow.js works out the -1 by itself. Convolution and pooling may come a second time; then follow Flatten and Dense, as in the lesson.',
    'An epoch takes about two seconds with the installed lesson, and about ten in a browser.',
  ],
  starter: `
const convolution = tf.sequential();
// convolution.add(…); convolution.compile({ … }); await convolution.fit(…);
`,
  hints: [
    'Add in turn: conv2d (with inputShape: [28, 28, 1]), maxPooling2d, flatten, and at the end dense with softmax. For training, reshape xTrain to [-1, 28, 28, 1].',
    "conv2d({ filters: 16, kernelSize: 5, activation: 'relu', … }), maxPooling2d({ poolSize: 2 }), flatten(), dense with 64 and with 10 units; compile as in the lesson, and train on xTrain with validationSplit: 0.2 for 4 epochs.",
  ],
  wrong: {
    notTrained: 'This model was not trained. First compile, then await model.fit(…).',
    low: (accuracy: string) =>
      `Only ${accuracy} of the 12,000 validation pictures are recognised. The pixels have to be divided by 255, as those of xTrain are, and the output needs softmax.`,
    notYet: (accuracy: string) =>
      `${accuracy} of the 12,000 validation pictures are recognised, not yet above 97.5% (the network of the lesson: about 97%). Train on more samples and for more epochs, or add another convolution with pooling.`,
    noConvolution: (layers: readonly string[]) =>
      `There is no layer conv2d, only ${layers.join(', ')}.`,
    input: (shape: string) =>
      `A sample should have the shape [28, 28, 1]: 28 rows, 28 columns, 1 channel of grey; now it is [${shape}].`,
    flat: (shape: string) =>
      `The output has the shape [${shape}]: still small pictures. After the convolution comes flatten, then dense.`,
    outputs: (outputs: number) =>
      `There should be ten numbers for each picture; now there are ${outputs}.`,
  },
  reward: (accuracy: string, test: string, parameters: string, convolutions: string) =>
    `${accuracy} of the validation pictures are recognised, and ${test} of the 10,000 test pictures, which took no part in any choice. The model has ${parameters} parameters, of which ${convolutions} are in convolutions (the network of the lesson: 101,770). A convolution uses the same weights all over the picture, so it still recognises a stroke that has moved a little.`,
  reasoning:
    'A stroke looks the same wherever it is, so a few weights can look for it all over the picture. Pooling keeps that it was found, but less exactly where.',
  solution: `
const convolution = tf.sequential();
convolution.add(
  tf.layers.conv2d({ filters: 16, kernelSize: 5, activation: 'relu', inputShape: [28, 28, 1] }),
);
convolution.add(tf.layers.maxPooling2d({ poolSize: 2 }));
convolution.add(tf.layers.flatten());
convolution.add(tf.layers.dense({ units: 64, activation: 'relu' }));
convolution.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
convolution.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
await convolution.fit(xTrain.reshape([-1, 28, 28, 1]), yTrain, {
  batchSize: 64,
  epochs: 4,
  validationSplit: 0.2,
});
`,
} satisfies ExerciseText;
