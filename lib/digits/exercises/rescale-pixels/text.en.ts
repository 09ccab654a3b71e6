import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'From -1 to 1',
  task: [
    'The lesson scales pixels to 0…1 with `divide(images, 255)`. Some networks expect -1…1: 0 becomes -1, 255 becomes 1, and the greys between are spread evenly. Write this function; it returns a float32 tensor of the same shape. What a pixel becomes does not depend on the other pixels. `a.sub(b)` subtracts.',
  ],
  starter: `
const toOtherRange = (images: typeof trainImages) => {
  // return …
};
`,
  hints: [
    'Divide first, to make the length 2; then subtract, to make it begin at -1.',
    'divide(images, 127.5) gives 0…2; then subtract 1 from it with .sub(1).',
  ],
  inputs: (data: string) => `Pixels ${data}`,
  wrong: {
    zeroToOne: 'That is 0…1, as in the lesson, and its length is 1. The length of -1…1 is 2.',
    minusOneToZero: 'That is -1…0: it begins at the right place, but its length is only 1.',
    zeroToTwo: 'That is 0…2: the length is right, but it should begin at -1.',
    by128: 'Not quite: pixels have 256 values, but the largest is 255. Divide by half of 255.',
    by127: 'Not quite: half of 255 is 127.5, not 127.',
    notDivided: 'Divide by 255 first, which gives 0…1; only then multiply by 2 and subtract 1.',
    inverted: 'Black and white are swapped: 0 should become -1.',
    rounded: 'Rounding loses the greys between. Do not round the result.',
    ownRange:
      'You use the smallest and the largest pixel of these very pictures. A grey should become the same number in every picture: 0 becomes -1, and 255 becomes 1.',
  },
  other: {
    shape: (expected: string, shape: string) =>
      `The shape should still be [${expected}]; it is [${shape}]. Take the images that the function is given, and let them keep their shape; Flatten comes later.`,
  },
  reward:
    '-1 is black and 1 is white. Both ranges are common; what matters is to use the same one in training and afterwards.',
  reasoning:
    'The two ends fix everything between: the length must shrink from 255 to 2, hence 127.5, and 0 must become -1, hence the 1.',
  solution: `
const toOtherRange = (images: typeof trainImages) => divide(images, 127.5).sub(1);
`,
} satisfies ExerciseText;
