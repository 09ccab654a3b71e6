import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'How many steps are there in an epoch?',
  task: [
    'Of `samples` samples, the share `validationSplit` is kept for validation. The others are the training samples, `batchSize` in each step. If the number of training samples is not whole, Keras rounds it down: of 11 samples with a split of 0.5, it trains on 5. `Math.floor` and `Math.ceil` round down and up. How many steps are there in an epoch?',
  ],
  starter: `
const stepsPerEpoch = (samples: number, batchSize: number, validationSplit: number) => {
  // return …
};
`,
  hints: [
    'How many samples are trained on? Round that number down, then divide by the batch size. What is left over is a batch, too.',
    'First Math.floor(samples * (1 - validationSplit)), divided by batchSize; then Math.ceil.',
  ],
  inputs: (samples: string, batchSize: string, split: string) =>
    `(${samples}, ${batchSize}, ${split})`,
  wrong: {
    halfSamples:
      'There are no half samples: the number of training samples is rounded down first, and the odd one goes to validation.',
    validationToo: 'This counts the validation samples, too, which are not trained on.',
    lastBatch: 'The last, smaller batch is lost; it is a step, too.',
    notWhole: 'The number of steps is whole; the last, smaller batch counts as one.',
    validationOnly:
      'Those are the batches of the validation samples: validationSplit is the share kept back, and 1 - validationSplit is trained on.',
    always750:
      'That is always the lesson’s number of steps; what the function is given is not used.',
  },
  reward:
    'Take off the validation samples, divide by the batch size, round up: that is the 750 of the lesson’s progress line.',
  reasoning:
    'Validation samples change no parameter, so they make no steps. Every training sample must be used once, so what is left over makes one more, smaller batch.',
  solution: `
const stepsPerEpoch = (samples: number, batchSize: number, validationSplit: number) =>
  Math.ceil(Math.floor(samples * (1 - validationSplit)) / batchSize);
`,
} satisfies ExerciseText;
