import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'Where is the pixel?',
  task: [
    '`trainImages.data` holds all pixels in one long list: picture after picture, and within a picture row after row. At which index is the pixel of picture `image`, row `row`, column `column`? Everything counts from 0.',
  ],
  starter: `
const pixelIndex = (image: number, row: number, column: number) => {
  // return …
};
`,
  hints: [
    'Skip all the pictures before this one, then the rows before this one, then count to the column.',
    'A picture has 28 × 28 pixels: begin with image * 784, then add a part for the row and one for the column.',
  ],
  inputs: (image: string, row: string, column: string) =>
    `Picture ${image}, row ${row}, column ${column}`,
  wrong: {
    exchanged:
      'Rows and columns are swapped: the pixels of a row stand side by side, and the next row begins 28 places on.',
    picturesTooShort:
      'You skip only 28 numbers for each picture, but a picture has 28 × 28 pixels.',
    rowsTooShort: 'You skip only 1 number for each row, but a row has 28 pixels.',
    onePicture:
      'The pictures before it are not skipped: this is the index within a single picture.',
    rowStart: 'This is where the row begins; the column is still to be added.',
    oneMore: 'That is 1 too many: the first pixel has index 0, not 1.',
    fromOne: 'Pictures, rows and columns count from 0, so there is no 1 to subtract.',
  },
  reward:
    'Along the last axis neighbours lie side by side; along each axis before it they are further apart: 784, 28, 1. That is why Flatten need not move a single number.',
  reasoning:
    'All that comes before the pixel must be skipped: whole pictures of 28 × 28, then whole rows of 28. One step along an axis skips all that the axes behind it hold.',
  solution: `
const pixelIndex = (image: number, row: number, column: number) =>
  image * 28 * 28 + row * 28 + column;
`,
} satisfies ExerciseText;
