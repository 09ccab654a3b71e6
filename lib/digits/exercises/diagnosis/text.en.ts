import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'Three broken programs',
  task: [
    'Somebody changed one thing in each of three copies of the lesson’s program, A, B and C. None of them fails with an error. These are their numbers (loss, accuracy) beside those of the lesson; the last column was counted by hand, with `argMax`:',
    '|   | untrained | training, epoch 5 | validation, epoch 5 | test | right of 10,000 |\n| - | - | - | - | - | - |\n| lesson | 2.38, 0.12 | 0.069, 0.980 | 0.100, 0.970 | 0.095, 0.971 | 9,715 |\n| A | 2.36, 0.11 | 0.276, 0.922 | 0.281, 0.923 | 0.283, 0.920 | 9,200 |\n| B | 0.33, 0.90 | 0.012, 0.996 | 0.018, 0.994 | 0.017, 0.994 | 9,708 |\n| C | 2.36, 0.12 | 0.064, 0.981 | 0.094, 0.972 | **0.409**, 0.975 | 9,745 |',
    "What was changed in each? Choose from these: `'noRelu'`, the hidden layer has no activation; `'wrongLoss'`, a loss for something other than one of ten classes; `'testNotScaled'`, the test pictures were not divided by 255; `'learningRate'`, the learning rate is a hundred times too large; `'overfitting'`, far too few samples for too many epochs.",
  ],
  starter: `
const faults = { A: '', B: '', C: '' };
`,
  hints: [
    'Compare row by row with the lesson, and find the first column that differs: untrained, training, or only the test? A change shows from where it takes effect.',
    'An untrained network of ten classes has a loss of ln 10 = 2.30 and is right one time in ten. Without relu two layers are one, and the network cannot get beyond a straight boundary, however long it trains. Whatever concerns the test pictures alone leaves training and validation as they are.',
  ],
  wrong: {
    noFault: (program: string, fault: string) =>
      `${program}: ${fault} is none of the five. Write one of the names between the quotes.`,
    lossIsRight:
      'the loss is right: untrained, it is near ln 10 = 2.30, as cross-entropy over ten classes must be. Another loss would begin elsewhere.',
    testIsScaled:
      'test and validation agree, and training differs from the lesson as well. Test pictures in another range would change the test column alone.',
    falls:
      'with such a learning rate the loss would jump about or stay near 2.3. Here training has gone well as far as it goes.',
    noGap:
      'training, validation and test agree. Overfitting is a gap: training good, validation and test worse.',
    onlyTest:
      'overfitting would show in validation, too, since those pictures are as new to the network. Here validation is as good as the lesson’s, and only the test loss is bad.',
    bent: 'without relu the network would stay near 92%, whatever the set. This one reads more than 97% right.',
  },
  other: { blank: 'Some programs have no diagnosis yet.' },
  reward:
    'A is a single layer in disguise: 92% everywhere, no gap. B asks ten yes-or-no questions, binaryCrossentropy: always answering no is right nine times in ten, so 0.994 means only 97%. C gets pixels 255 times too large: the same digit usually wins, so accuracy hides it, but each mistake is made with full certainty, and the loss shows it.',
  reasoning:
    'First look at what an untrained network gives, then at the gap between the sets, then at the level that all of them reach. Each of these numbers rules out most causes.',
  solution: `
const faults = { A: 'noRelu', B: 'wrongLoss', C: 'testNotScaled' };
`,
} satisfies ExerciseText;
