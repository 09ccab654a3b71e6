import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'Which set for which use?',
  task: [
    'Training set, validation set or test set: which of them serves each of these five uses?',
    '- `weights`: from its gradients each step changes the weights\n- `meanPixel`: the mean pixel is computed on it, which is then subtracted from every picture\n- `stopping`: its loss decides after which epoch to stop\n- `units`: its accuracy decides between 64 and 128 hidden units\n- `report`: its accuracy tells others how good the finished network is',
    "Write `'training'`, `'validation'` or `'test'` between the quotes.",
  ],
  starter: `
const sets = { weights: '', meanPixel: '', stopping: '', units: '', report: '' };
`,
  hints: [
    'Who learns from a set, who chooses by it, and who only looks at the end? Whatever has learnt or chosen by a set does too well on that set.',
    'What is computed from pictures in order to learn: training. What chooses: validation. What has taken no part in any of that: test. Two, two and one.',
  ],
  wrong: {
    noSet: (use: string, word: string) =>
      `${use}: '${word}' is none of the three sets. Write 'training', 'validation' or 'test'.`,
    weightsElsewhere:
      'The set whose gradients change the weights is by definition the training set. The other two must stay unseen, or they cannot tell how new pictures are read.',
    meanElsewhere:
      'The mean is part of what the network learns from its pictures, so it comes from the training set, and the same number is then subtracted everywhere. Computed on other pictures, it would tell the network something about them.',
    stoppedByTraining:
      'The training loss goes on falling while the network learns its pictures by heart, so it never says stop. The loss on pictures that it does not learn from does.',
    unitsByTraining:
      'On its training pictures the larger network nearly always wins, since it can remember more of them. Choose by pictures that neither of the two has learnt from.',
    chosenByTest:
      'Then the test set would have taken part in a choice: the network is the one that happens to suit these very pictures, and its test accuracy is too good. Choose by validation.',
    reportOfTraining:
      'The network knows part of its training pictures by heart, so this accuracy is too good. Report that of pictures that took no part in anything.',
    reportOfValidation:
      'By the validation set the epoch and the units were chosen, so its accuracy is a little too good. Report that of the test set, measured once.',
  },
  other: { blank: 'Some uses have no set yet.' },
  reward:
    'To learn, the training set; to choose, the validation set; to report, once and at the end, the test set.',
  reasoning:
    'A set is honest only about what has not learnt from it and was not chosen by it. So the test set is left alone until everything is decided.',
  solution: `
const sets = {
  weights: 'training',
  meanPixel: 'training',
  stopping: 'validation',
  units: 'validation',
  report: 'test',
};
`,
} satisfies ExerciseText;
