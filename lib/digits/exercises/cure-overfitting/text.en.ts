import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'Experiment: get rid of overfitting',
  task: [
    'Train another new model, so that the validation loss ends near its lowest and the digits are learnt. How is up to you: more samples, a smaller network, early stopping, …',
    'Early stopping is done by a callback, which is called while training goes on. This one ends training when the training loss has not fallen for 3 epochs:',
    "```ts\nawait fit(…, { callbacks: tf.callbacks.earlyStopping({ monitor: 'loss', patience: 3 }) });\n```",
  ],
  starter: `
const improved = undefined; // await fit(newModel(), …);
`,
  hints: [
    'earlyStopping watches a number and ends training when it no longer improves. Which number: of training, or of validation?',
    "As in 8.3, with callbacks: tf.callbacks.earlyStopping({ monitor: 'val_loss', patience: 2 }) added.",
  ],
  wrong: {
    stillOverfitting: (lowest: string, atLast: string) =>
      `The validation loss had been ${lowest} and rose to ${atLast}: still overfitting. Stop when it rises, or use more samples.`,
    littleLearnt: (accuracy: string) =>
      `The validation loss did not rise, but the model recognises only ${accuracy}: stopped too soon, with little learnt.`,
  },
  reward: (epochs: number, atLast: string, lowest: string, accuracy: string) =>
    `${epochs} epoch${epochs === 1 ? '' : 's'}; the validation loss ends at ${atLast}, its lowest was ${lowest}, and ${accuracy} of the test pictures are recognised. The usual remedies: early stopping, more samples, Dropout, a smaller network.`,
  reasoning:
    'Until the validation loss is lowest, what is learnt holds for other pictures, too; afterwards it holds for these alone. The training loss goes on falling and cannot tell the moment.',
  solution: `
const improved = await fit(newModel(), xTrain.slice(0, 500), yTrain.slice(0, 500), {
  epochs: 150,
  validationSplit: 0.2,
  callbacks: tf.callbacks.earlyStopping({ monitor: 'val_loss', patience: 2 }),
  verbose: 0,
});
`,
} satisfies ExerciseText;
