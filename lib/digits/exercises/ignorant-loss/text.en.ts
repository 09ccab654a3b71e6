import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'The loss of knowing nothing',
  task: [
    'A network that has learnt nothing gives each of `classes` classes the same probability. What is its cross-entropy loss?',
  ],
  starter: `
const ignorantLoss = (classes: number) => {
  // return …
};
`,
  hints: [
    'A network that knows nothing gives every class the same probability. Which one? Then use the formula of 7.1.',
    'Each class has the probability 1 / classes; the loss is its natural logarithm with the sign reversed.',
  ],
  inputs: (classes: string) => `${classes} classes`,
  wrong: {
    probability: 'That is the probability of each class, not yet the loss.',
    sign: 'The sign is missing: a loss is positive.',
    wrongGuess: 'That is the chance of a wrong guess, not the cross-entropy.',
    base: 'The logarithm has another base: cross-entropy takes the natural one, Math.log.',
    allClasses: 'You added all classes up; only that of the right answer counts.',
    averaged:
      'That is divided by the number of classes once too often: the formula of 7.1 is the logarithm alone.',
    always10: 'That is always the loss for ten classes; classes is not used.',
  },
  reward:
    'About 2.30 for ten classes. Training should begin near it; a loss that stays there means that nothing is learnt.',
  reasoning:
    'Whichever class is right, it gets 1 / classes, so the loss is the same for every picture: the logarithm of how many there are to choose from.',
  solution: `
const ignorantLoss = (classes: number) => -Math.log(1 / classes);
`,
} satisfies ExerciseText;
