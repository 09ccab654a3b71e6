import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'Experiment: another set',
  task: [
    'Write a function that learns any set of pictures in the format of MNIST: it trains a new model by `fit` on the training set in `set` and returns its accuracy on the test set in `set`, which is arranged like `mnistSet`.',
    '`check` tries it on Fashion-MNIST, ten classes of clothing, 6,000 to train on; where its files are not here, it takes digits turned by 90°, and says how to get the files. With an internet connection, this gets them:',
    "```ts\nimport { fashionMnist } from 'mnist-data-loader';\nawait fashionMnist.loadData();\n```",
  ],
  starter: `
const learn = async (set: typeof mnistSet) => {
  // return …
};
`,
  hints: [
    'Put stages 3 to 9 into one function: take the set apart, divide by 255, make a new model, fit, evaluate. Use only the data that the function is given.',
    'First const [[trainImages, trainLabels], [testImages, testLabels]] = set, then divide(trainImages, 255) and so on, and at last return learner.evaluate(…)[1].dataSync()[0].',
  ],
  wrong: {
    above1: (share: string) =>
      `${share} is above 1, and an accuracy lies between 0 and 1. Is it a percentage, or is it the loss?`,
    again:
      'The function trains a model that was already trained before. Make a new model within the function each time.',
    testSet:
      'The model was trained on the test set in set, and had seen what it was evaluated on. Train on the first part of set, test on the second.',
    outside:
      'The function does not use the set that it is given to train on, but xTrain and the like from outside.',
    notScaled: (largest: string) =>
      `The pixels were not divided by 255: there is ${largest} in the pictures that were trained on.`,
    low: (name: string, share: string) =>
      `${name}: an accuracy of only ${share}. For how many epochs was it trained? Was it evaluated on the test set in set? Is it the accuracy, and not the loss?`,
    sameModel: 'Two calls trained the same model. Make a new model within the function each time.',
    loss: (share: string) =>
      `${share} is the loss, the first number that evaluate gives. The accuracy is the second.`,
    otherTest:
      'With wrong labels in the test set of set, the result hardly changes: the accuracy was measured on the training set, or on xTest from outside, and not on the test set in set.',
    noTraining: 'The function trains no model. Train a new one on set with await model.fit(…).',
    several: 'Several numbers came back. evaluate gives [loss, accuracy]; return only the second.',
  },
  reward: (name: string, share: string, missing?: string) =>
    `${name}: accuracy ${share}. The network does not know what the pictures show; the same code learns from any set of this format.${missing ? `\n  ${missing}` : ''}`,
  reasoning:
    'The function takes everything from set, so it works for any set. The test pictures take no part in training, so their accuracy tells how well new pictures are read.',
  solution: `
const learn = async (set: typeof mnistSet) => {
  const [[trainImages, trainLabels], [testImages, testLabels]] = set;
  const learner = newModel();
  const digits = tf.tensor1d(trainLabels.data, 'int32');
  await learner.fit(divide(trainImages, 255), digits, { epochs: 5, verbose: 0 });
  const labels = tf.tensor1d(testLabels.data, 'int32');
  const [, share] = learner.evaluate(divide(testImages, 255), labels, { verbose: 0 });
  return share.dataSync()[0];
};
`,
} satisfies ExerciseText;
