import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'Masterpiece: small and good',
  task: [
    'Now everything together, from an empty cell: build, compile and train a network of your own with fewer than 60,000 parameters, three fifths of the lesson’s, and a validation accuracy of at least 97.5%, a little above the lesson’s. Train on `xTrain` with `validationSplit: 0.2`. Try what you like: layers, units, a convolution as in 10.4, Dropout (which switches off random units in training), learning rate, batch size, epochs; choose by validation. At the very end, measure it once on the test set and hand over that accuracy, too.',
  ],
  starter: `
const small = tf.sequential();
// small.add(…); small.compile({ … }); await small.fit(…);
const testAccuracy = undefined; // small.evaluate(…)
`,
  hints: [
    'Where are the parameters of the lesson’s network? Between 784 inputs and 128 units. What makes the picture smaller before that? Two convolutions, each with pooling, hand on a few hundred numbers.',
    'conv2d with 8 filters of size 5 (inputShape: [28, 28, 1]), maxPooling2d, conv2d with 16 filters of size 5, maxPooling2d, flatten, dense with 64 and with 10 units: about 20,500 parameters. Compile with the metric of the lesson; three epochs with batches of 64 will do. evaluate(…)[1] is the accuracy.',
  ],
  wrong: {
    tooMany: (parameters: string) =>
      `This network has ${parameters} parameters; it should have fewer than 60,000. Look in its summary for the layer that has most of them.`,
    notTrained: 'This network was not trained. First compile, then await small.fit(…).',
    low: (accuracy: string) =>
      `Only ${accuracy} of the 12,000 validation pictures are recognised. Are the pixels in 0…1 as those of xTrain are, has the output softmax, and does the loss suit the labels?`,
    notYet: (accuracy: string) =>
      `${accuracy} of the 12,000 validation pictures are recognised; at least 97.50% are wanted. Look at the curves: if training is no better, the network is too small or was trained too briefly; if it is much better, it overfits.`,
    percentage: (accuracy: string) =>
      `The network is small and good. testAccuracy should be between 0 and 1, but ${accuracy} is a percentage.`,
    validationReported: (accuracy: string) =>
      `The network is small and good. But ${accuracy} is its validation accuracy, by which you chose it. Report that on xTest and yTest.`,
    otherAccuracy: (reported: string, right: string) =>
      `The network is small and good, but its accuracy on the 10,000 test pictures is ${right}, not ${reported}. evaluate gives [loss, accuracy]; take the second, of this model, after its last training.`,
  },
  reward: (parameters: string, accuracy: string, test: string) =>
    `${parameters} parameters, ${accuracy} in validation, ${test} on the test set, measured once. You have built, trained, chosen and judged a network of your own.`,
  reasoning:
    'Convolutions share their weights all over the picture, and pooling leaves few numbers for the Dense layer, where otherwise nearly all parameters are. The test set takes no part until the end.',
  solution: `
const small = tf.sequential();
small.add(tf.layers.reshape({ targetShape: [28, 28, 1], inputShape: [28, 28] }));
small.add(tf.layers.conv2d({ filters: 8, kernelSize: 5, activation: 'relu' }));
small.add(tf.layers.maxPooling2d({ poolSize: 2 }));
small.add(tf.layers.conv2d({ filters: 16, kernelSize: 5, activation: 'relu' }));
small.add(tf.layers.maxPooling2d({ poolSize: 2 }));
small.add(tf.layers.flatten());
small.add(tf.layers.dense({ units: 64, activation: 'relu' }));
small.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
small.compile({
  optimizer: 'adam',
  loss: 'sparseCategoricalCrossentropy',
  metrics: [tf.metrics.sparseCategoricalAccuracy],
});
await small.fit(xTrain, yTrain, { batchSize: 64, epochs: 5, validationSplit: 0.2 });
const testAccuracy = small.evaluate(xTest, yTest)[1].dataSync()[0];
`,
} satisfies ExerciseText;
