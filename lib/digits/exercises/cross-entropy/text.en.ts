import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'Cross-entropy by hand',
  task: [
    "`probabilities` are those that the network gives for one sample, and `label` is the right answer. Return the loss of this sample, the sparse cross-entropy. JavaScript's natural logarithm is `Math.log`.",
  ],
  starter: `
const crossEntropy = (probabilities: number[], label: number) => {
  // return …
};
`,
  hints: [
    'Take out of probabilities the one of the label. The loss is its natural logarithm, with the sign reversed.',
    'probabilities[label] is the probability p of the right answer; return -Math.log(p).',
  ],
  wrong: {
    sign: 'The sign is missing: the logarithm of a probability is negative, and a loss is positive.',
    base: 'The logarithm has another base: cross-entropy takes the natural one, Math.log.',
    largest:
      'You took the largest probability. The loss asks for that of the right answer, the label.',
    otherClasses: 'That is the probability of all other classes, without a logarithm.',
    noLogarithm: 'That is the probability of the right answer; its logarithm is still to be taken.',
    ofTheOthers: 'The logarithm is that of the right answer’s probability, not of all the others’.',
    allClasses: 'You added the logarithms of all classes; only that of the right answer counts.',
    entropy: 'That is the entropy of the probabilities themselves; the label is not used.',
  },
  reward:
    'Only the probability of the right answer counts: 0.7 costs 0.36, 0.1 costs 2.3, and towards 0 there is no limit.',
  reasoning:
    'The loss measures how much the right answer surprises the network: not at all where p is 1, without limit where p goes to 0. The other classes have their say through p: what they take, it lacks.',
  solution: `
const crossEntropy = (probabilities: number[], label: number) =>
  -Math.log(probabilities[label] as number);
`,
} satisfies ExerciseText;
