import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'Experiment: initial weights that cannot learn',
  task: [
    'Initial weights are usually random. Build, compile and train a model like that of the lesson, but choose other initial weights, so that it does not learn, however long it is trained. Why doesn’t it?',
    '`kernelInitializer` sets the initial weights, for instance all to 1, or to random numbers between 0 and 1:',
    "```ts\ntf.layers.dense({ units: 10, activation: 'softmax', kernelInitializer: 'ones' })\ntf.layers.dense({ units: 10, activation: 'softmax', kernelInitializer: tf.initializers.randomUniform({ minval: 0, maxval: 1 }) })\n```",
  ],
  starter: `
const failing = tf.sequential();
// failing.add(…); failing.compile({ … }); await failing.fit(…);
`,
  hints: [
    'dense has the option kernelInitializer. With which initial weights do all hidden units compute the same?',
    "Give both layers kernelInitializer: 'ones'; one of them alone is not enough. Then compile, and train for an epoch with fit.",
  ],
  wrong: {
    notCompiled: 'This model has not been compiled.',
    notTrained: 'This model was not trained. Only training shows whether it can learn.',
    learns: (accuracy: string) =>
      `It learns: ${accuracy} recognised. Where the hidden weights differ, or those behind them, each unit can learn something of its own. Choose other initial weights, for both layers.`,
    notTheWeights: (usual: string) =>
      `It learns badly, but with the usual initial weights it recognises only ${usual}, too: the reason lies in the model or in how it is trained. Begin with the model of the lesson, and change its kernelInitializer alone.`,
  },
  other: {
    zero: 'The outputs of the hidden layer, h, are all 0, and so are the weights behind it, W₂. The gradient of W₂ has h as a factor, that of W₁ has W₂: the gradient of every weight is 0, and only the biases of the output learn.',
    alike:
      'All hidden units begin with the same weights, get the same gradient and stay alike for ever: many are worth one. That is why initial weights must be random: random numbers between 0 and 1 would learn.',
    dead: 'Whatever the picture, the sums of the hidden units are never above 0; relu makes them 0, and their gradient, too: they never come to life.',
    large:
      'The weights are so large at first that small steps change next to nothing. Initial weights must not only be random, but also of the right size.',
    unknown: '',
  },
  reward: (accuracy: string, usual: string, why: string) =>
    `Trained further, it still recognises only ${accuracy}; from the usual initial weights, all else equal, ${usual}. ${why}`,
  reasoning:
    'Units that begin alike compute the same, get the same gradient and stay alike, however long: 128 of them are worth one, and a single number cannot tell ten digits apart.',
  solution: `
const failing = tf.sequential();
failing.add(tf.layers.flatten({ inputShape: [28, 28] }));
failing.add(tf.layers.dense({ units: 128, activation: 'relu', kernelInitializer: 'ones' }));
failing.add(tf.layers.dense({ units: 10, activation: 'softmax', kernelInitializer: 'ones' }));
failing.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
await failing.fit(xTrain.slice(0, 12000), yTrain.slice(0, 12000));
`,
} satisfies ExerciseText;
