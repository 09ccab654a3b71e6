import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'Experiment: get rid of overfitting',
  task: [
    'Train another new model that does better than the overfitted one of 8.3: the validation loss ends at most 20% above its lowest, and lower than it ended there. `check` also compares both networks on pictures that the lesson keeps for validation, the last 12,000 of `xTrain`: train on others. How is up to you: more samples, a smaller network, early stopping, …',
    'Early stopping is done by a callback, which is called while training goes on. This one ends training when the training loss has not fallen for 3 epochs:',
    "```ts\nawait model.fit(…, { callbacks: tf.callbacks.earlyStopping({ monitor: 'loss', patience: 3 }) });\n```",
  ],
  starter: `
const improved = undefined; // await newModel().fit(…);
`,
  hints: [
    'earlyStopping watches a number and ends training when it no longer improves. Which number: of training, or of validation?',
    'Stopping alone keeps a network from getting worse; what 400 pictures do not show, it cannot learn. Take many more samples than in 8.3, a few thousand or more, and let earlyStopping watch the validation loss, which the history calls val_loss.',
  ],
  wrong: {
    stillOverfitting: (lowest: string, atLast: string) =>
      `The validation loss had been ${lowest} and rose to ${atLast}: still overfitting. Stop when it rises, or use more samples.`,
    notBetter: (atLast: string, before: string) =>
      `The validation loss ends at ${atLast}, no lower than that of the overfitted network (${before}): it did not rise, but it did not fall far either. Train for more epochs, or with more samples.`,
    lessLearnt: (accuracy: string, before: string) =>
      `The validation loss is lower, but ${accuracy} of the lesson’s validation pictures are recognised; the overfitted network got ${before}. It stopped before it had learnt enough, or saw too few samples. More samples help most.`,
  },
  reward: (epochs: number, atLast: string, loss: string, accuracy: string, before: string) =>
    `${epochs} epoch${epochs === 1 ? '' : 's'}; the validation loss ends at ${atLast} (overfitted: ${loss}), and ${accuracy} of the lesson’s validation pictures are recognised (overfitted: ${before}). The usual remedies: more samples, early stopping, Dropout, a smaller network.`,
  reasoning:
    'More samples are harder to learn by heart, and show more ways to write a digit. Until the validation loss is lowest, what is learnt holds for other pictures, too; afterwards for these alone. The training loss goes on falling and cannot tell the moment.',
  solution: `
const improved = await newModel().fit(xTrain.slice(0, 12000), yTrain.slice(0, 12000), {
  batchSize: 64,
  epochs: 30,
  validationSplit: 0.2,
  callbacks: tf.callbacks.earlyStopping({ monitor: 'val_loss', patience: 2 }),
  verbose: 0,
});
`,
} satisfies ExerciseText;
