import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'Experiment: batch size, time and accuracy',
  task: [
    'Of the batch sizes 16, 64 and 512, which trains fastest, and which reaches the highest accuracy? Guess first.',
    'Write a function that makes a new model, trains it by `fit` for one epoch with the batch size that it is given, and returns it. Take the first 48,000 training samples; the others are for validation. `check` calls it with each of these sizes, times it, and measures every model on validation pictures.',
  ],
  starter: `
const trainWith = async (batchSize: number) => {
  const made = newModel();
  // await made.fit(…);
  // return …
};
`,
  hints: [
    'The function does three things: it makes a new model, waits for fit (await), and returns the model. The batch size is its parameter, batchSize.',
    'slice cuts a first part, as long of yTrain as of xTrain. The size goes to fit as the option batchSize, beside verbose: 0. The last line returns the model, not the history.',
  ],
  wrong: {
    again:
      'Several calls trained the same model, or one that was trained before: it went on from where it was, so nothing can be compared. Make a new model within the function each time.',
    littleLearnt: (size: number, accuracy: string) =>
      `With a batch size of ${size}, the model recognises only ${accuracy}. Are there too few samples, or are the pixels not scaled to 0…1?`,
    notTrained:
      'When the function returned, the model had not been trained. Train it with made.fit(…) before you return it, and write await before it.',
    otherSize: (size: number, used: number) =>
      `The function was given the batch size ${size}, and trained with ${used}: batchSize is not handed on to fit.`,
    epochs: (batchSize: number, epochs: number) =>
      `With a batch size of ${batchSize} it was trained for ${epochs} epochs, not 1.`,
    samples: (samples: number, batchSize: number, others: number, otherSize: number) =>
      `The samples were not the same: ${samples} with a batch size of ${batchSize}, ${others} with ${otherSize}. An experiment compares only if one thing changes at a time.`,
    otherModel:
      'It was not the same model, or not the same optimizer, each time. An experiment compares only if one thing changes at a time.',
  },
  other: {
    row: (size: number, seconds: string, share: string) => `${size}: ${seconds} s, ${share}`,
  },
  reward: (table: string) =>
    `With the same epochs, smaller batches mean more steps: usually slower, and more is learnt. Larger batches are usually faster, and less is learnt; when one is not faster, its steps are so few that other work takes the time. Yours:${table}`,
  reasoning:
    'Whatever differs between the runs, besides the batch size, could be the cause of what we see. So each call makes a new model, and takes the same samples for as long.',
  solution: `
const trainWith = async (batchSize: number) => {
  const made = newModel();
  await made.fit(xTrain.slice(0, 48000), yTrain.slice(0, 48000), {
    batchSize: batchSize,
    verbose: 0,
  });
  return made;
};
`,
} satisfies ExerciseText;
