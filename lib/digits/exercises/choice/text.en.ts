import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'Choose one of four models',
  task: [
    'Four models have been trained. Write a function that chooses the best one by its **validation** accuracy and then reports the accuracy of this one on the **test** set, which is used only once. `validation` and `test` are pairs of pictures and labels. Return the index of the chosen model in `models`, counted from 0, as `best`, and its test accuracy as `testAccuracy`.',
    '`model.evaluate(x, y, { verbose: 0 })` returns loss and accuracy, as tensors of one number each; `a.dataSync()[0]` reads it. `check` calls the function with models and sets of its own, on which the best by validation is not the best by the test.',
  ],
  starter: `
const choose = (models: tf.LayersModel[], validation: tf.Tensor[], test: tf.Tensor[]) => {
  // return { best: …, testAccuracy: … };
};
`,
  hints: [
    'First the validation accuracy of all four, as a list; then the index of the largest; only then the test set, with this one model.',
    'models.map(model => model.evaluate(validation[0], validation[1], { verbose: 0 })[1].dataSync()[0]) makes the list; list.indexOf(Math.max(...list)) is the index. Then evaluate models[best] on test[0] and test[1].',
  ],
  wrong: {
    noIndex: (index: string) =>
      `best should be the index of a model in the list, 0 to 3; it is ${index}.`,
    byTest:
      'This is the model with the best test accuracy. Then the test set has chosen, and what it says of its own choice is too good. Choose by validation.',
    lowest:
      'This model has the lowest validation accuracy, which is the highest loss. evaluate gives [loss, accuracy]: take the second, and of these the largest.',
    otherModel:
      'Another model has a higher validation accuracy. Compare all four, and give the index of the largest.',
    validationReported: (accuracy: string) =>
      `The choice is right. But ${accuracy} is the validation accuracy, by which the model was chosen, so it is a little too good. Report that on the test set.`,
    bestTestReported: (accuracy: string) =>
      `The choice is right. But ${accuracy} is the best test accuracy of all four, which another model has. Report that of the chosen one, even if it is lower.`,
    lossReported: (loss: string) =>
      `The choice is right. But ${loss} is the test loss, the first number of evaluate; the accuracy is the second.`,
    percentage: (accuracy: string) =>
      `The choice is right. The accuracy should be between 0 and 1, but ${accuracy} is a percentage.`,
    otherAccuracy: (accuracy: string, right: string) =>
      `The choice is right, but its accuracy on all test pictures is ${right}, not ${accuracy}.`,
    testedAll: (count: number) =>
      `Both results are right, but ${count} models saw the test set. Whoever has seen its results is tempted to choose by them; use it once, for the chosen one.`,
  },
  reward:
    'Chosen by validation, tested once. The chosen model was not the best on the test set, and that is all right: its test accuracy is honest, because the test set had no say.',
  reasoning:
    'The largest of four measured values is partly luck, so it promises too much. A set that took no part in the choice does not share that luck.',
  solution: `
const choose = (models: tf.LayersModel[], validation: tf.Tensor[], test: tf.Tensor[]) => {
  const accuracies = models.map(model => {
    const [, accuracy] = model.evaluate(validation[0], validation[1], { verbose: 0 });
    return accuracy.dataSync()[0];
  });
  const best = accuracies.indexOf(Math.max(...accuracies));
  const [, accuracy] = models[best].evaluate(test[0], test[1], { verbose: 0 });
  return { best, testAccuracy: accuracy.dataSync()[0] };
};
`,
} satisfies ExerciseText;
