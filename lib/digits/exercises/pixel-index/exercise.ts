import { computing, integer, wholeNumber } from '../judging/compare';
import { en } from './text.en';
import { zh } from './text.zh';

type Inputs = [image: number, row: number, column: number];

export const pixelIndex = computing<Inputs, number, typeof en>({
  texts: { en, zh },
  draw: () => [
    [0, 3, 17],
    [1, 0, 0],
    [2, 27, 27],
    [999, 5, 0],
    [integer(1, 999), integer(1, 27), integer(1, 27)],
  ],
  right: (image, row, column) => image * 784 + row * 28 + column,
  wrong: {
    exchanged: (image, row, column) => image * 784 + column * 28 + row,
    picturesTooShort: (image, row, column) => image * 28 + row * 28 + column,
    rowsTooShort: (image, row, column) => image * 784 + row + column,
    onePicture: (_, row, column) => row * 28 + column,
    rowStart: (image, row) => image * 784 + row * 28,
    oneMore: (image, row, column) => image * 784 + row * 28 + column + 1,
    fromOne: (image, row, column) => (image - 1) * 784 + (row - 1) * 28 + (column - 1),
  },
  ...wholeNumber,
});
