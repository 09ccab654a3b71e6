import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'One-hot by hand',
  task: [
    'Turn a label into a one-hot vector, the $y$ of $p - y$ from which the network learns, without `tf.oneHot`. `classes` is the number of classes: `oneHot(1, 3)` gives `[0, 1, 0]`.',
  ],
  starter: `
const oneHot = (label: number, classes: number) => {
  // return …
};
`,
  hints: [
    'Begin with an array of length classes that holds only zeros, then write a 1 in the place of the label.',
    'First const v = new Array(classes).fill(0), then v[label] = …, and finally return v.',
  ],
  inputs: (label: string, classes: string) => `Label ${label} of ${classes} classes`,
  wrong: {
    tooEarly: 'The 1 is a place too early: places count from 0, and the 1 of label 0 comes first.',
    tooLate: 'The 1 is a place too late: places count from 0.',
    always10: 'The length is always 10, but it should be classes.',
    oneMore: 'There is one number too many: places go from 0 to classes - 1.',
    cutOff: 'The zeros after the 1 are missing: there are as many numbers as classes.',
    labelItself: 'Write a 1 in that place, not the label itself.',
    exchanged: '0 and 1 are swapped: the place of the label alone is 1.',
    allBefore: 'The places before the label are 1, too. The place of the label alone should be 1.',
    noOne: 'There is no 1 in it to tell the class.',
  },
  other: {
    byTf: 'The result is right, but tf.oneHot made it. The point here is to make it yourself.',
  },
  reward:
    'A single 1 among zeros. Subtracted from the probabilities, p − y, it tells which output to push up and which down. It says no more than the label does; so sparse cross-entropy can take the label as it is.',
  reasoning:
    'Each place asks whether the sample belongs to its class, and only one says yes. So there are as many places as classes, and the vector can be subtracted from the ten probabilities: p − y.',
  solution: `
const oneHot = (label: number, classes: number) => {
  const vector: number[] = new Array(classes).fill(0);
  vector[label] = 1;
  return vector;
};
`,
} satisfies ExerciseText;
