import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'Experiment: make it overfit',
  task: [
    'Train a new model so that it learns its samples by heart: the training loss ends below half of the validation loss, and the validation loss ends more than 10% above its lowest. Hand the history that `fit` returns to `check`.',
  ],
  starter: `
const overfitted = undefined; // await newModel().fit(…);
`,
  hints: [
    'Few samples are soon learnt by heart: take a few hundred pictures and a hundred epochs or more, and keep some for validation.',
    'Cut xTrain and yTrain by slice(0, 500), alike, and hand fit three options: epochs, validationSplit (the share held back, such as 0.2) and verbose: 0, which keeps it quiet.',
  ],
  wrong: {
    noHistory:
      'This should be the very history that fit returned. Write await newModel().fit(…) and hand its result to check as it is; a copy of its numbers will not do.',
    interrupted:
      'Training was interrupted before its first epoch ended, so its history is empty. Train once more.',
    noValidation:
      'There is no validation loss (val_loss). The training samples alone do not tell whether they are learnt by heart. fit needs validationSplit or validationData.',
    again:
      'This model had been trained before, and may have seen the validation samples then. Take a new one: newModel().fit(…).',
    changedAfter:
      'The weights of the model were changed after this training, so the history is no longer its own. Hand over the history of its last training.',
    sameSamples:
      'The validation pictures are those that it was trained on; a validation loss of these cannot show overfitting. Validate on samples that were not trained on.',
    close: (lossAtLast: string, atLast: string) =>
      `Training loss ${lossAtLast}, validation loss ${atLast}: the gap is too small to tell learning by heart. Here the training loss has to fall below half of the validation loss. Take fewer samples and more epochs.`,
    notRisen: (atLast: string, lowest: string) =>
      `The gap is wide, but the validation loss ends at ${atLast}, still near its lowest (${lowest}): so far it does no harm on new pictures. Train for more epochs, until it has clearly risen again.`,
  },
  reward: (lossAtLast: string, lowest: string, best: number, atLast: string) =>
    `The training loss fell to ${lossAtLast}, while the validation loss rose from ${lowest} in epoch ${best} to ${atLast}: the network learns its samples by heart.`,
  reasoning:
    'A network with 101,770 parameters that sees the same 400 pictures 150 times can remember each of them, and what it remembers does not help with the other 100.',
  solution: `
const overfitted = await newModel().fit(xTrain.slice(0, 500), yTrain.slice(0, 500), {
  epochs: 150,
  validationSplit: 0.2,
  verbose: 0,
});
`,
} satisfies ExerciseText;
