/** Loading: what is in the set, and where in the memory. */
import mnist from 'mnist-data-loader';
import { compare, wholeNumber } from './compare';
import { integer } from './drawn';
import { type Exercise, refute } from './exercise';
import { theNumbers } from './values';

const classCounts: Exercise = {
  id: '3.1',
  async verify(answer) {
    const counts = theNumbers(answer);
    refute(counts.length !== 10, {
      zh: `应当有十个数，每个类别一个，您给了 ${counts.length} 个。`,
      en: `Ten numbers are wanted, one a class; there are ${counts.length}.`,
    });
    const sum = counts.reduce((a, b) => a + b);
    refute(sum === 10_000, {
      zh: '它们的和是 10 000：您数的是测试集，要数的是训练集 trainY。',
      en: 'They add up to 10,000: this is the test set. The training set, trainY, is asked for.',
    });
    refute(
      counts.every(count => count === 6000),
      {
        zh: '60 000 除以 10 是 6000，但各个数字并不一样多，要真的去数。',
        en: '60,000 divided by 10 is 6,000, but the digits are not equally many: they must be counted.',
      },
    );
    refute(sum !== 60_000, {
      zh: `它们的和应当是 60 000，每个标签数一次，现在是 ${sum}。`,
      en: `They should add up to 60,000, each label counted once; now it is ${sum}.`,
    });
    const [[, { data }]] = await mnist.loadData();
    const digit = counts.findIndex((count, i) => count !== data.filter(y => y === i).length);
    refute(digit >= 0, {
      zh: `总数对了，但数字 ${digit} 不是 ${counts[digit]} 个。`,
      en: `The sum is right, but there are not ${counts[digit]} of the digit ${digit}.`,
    });
    return {
      zh: '1 最多（6742），5 最少（5421），相差不大。所以准确率是公平的成绩：总是回答 1，也只有约 11 %。',
      en: '1 is the commonest (6,742), 5 the rarest (5,421): close enough for accuracy to be a fair mark. Who always says 1 is right in about 11 %.',
    };
  },
  hints: [
    {
      zh: '先准备十个 0，再逐个看 trainY.data 里的标签，给它的那一格加 1。',
      en: 'Begin with ten zeros; go through the labels in trainY.data and add 1 in the place of each.',
    },
    {
      zh: 'new Array(10).fill(0)，然后 for (const label of trainY.data) { … } 里写 counts[label] += 1。',
      en: 'new Array(10).fill(0), then for (const label of trainY.data) { … } with counts[label] += 1 in it.',
    },
  ],
};

const pixelIndex: Exercise = {
  id: '3.2',
  async verify(answer) {
    await compare<[image: number, row: number, column: number], number>(answer, {
      draw: () => [
        [0, integer(1, 27), integer(1, 27)],
        [integer(1, 59_999), 0, integer(0, 27)],
        [integer(1, 59_999), integer(1, 27), integer(1, 27)],
        [59_999, 27, 27],
      ],
      named: (image, row, column) => ({
        zh: `第 ${image} 张图，第 ${row} 行，第 ${column} 列`,
        en: `Picture ${image}, row ${row}, column ${column}`,
      }),
      right: (image, row, column) => image * 784 + row * 28 + column,
      wrong: [
        [
          (image, row, column) => image * 784 + column * 28 + row,
          {
            zh: '行和列写反了：同一行的像素挨在一起，往下一行要跳过 28 个。',
            en: 'Rows and columns are exchanged: the pixels of a row stand side by side, and the next row begins 28 places on.',
          },
        ],
        [
          (image, row, column) => image * 28 + row * 28 + column,
          {
            zh: '每张图只跳过了 28 个数，一张图却有 28 × 28 个像素。',
            en: 'You skip only 28 numbers for each picture, but a picture has 28 × 28 pixels.',
          },
        ],
        [
          (image, row, column) => image * 784 + row + column,
          {
            zh: '每行只跳过了 1 个数，一行却有 28 个像素。',
            en: 'You skip only 1 number for each row, but a row has 28 pixels.',
          },
        ],
        [
          (_, row, column) => row * 28 + column,
          {
            zh: '前面的图没有跳过：这是在一张图里的位置。',
            en: 'The pictures before it are not skipped: this is the place within a single picture.',
          },
        ],
        [
          (image, row) => image * 784 + row * 28,
          {
            zh: '这是一行的开头，还要加上列。',
            en: 'This is where the row begins; the column is still to be added.',
          },
        ],
        [
          (image, row, column) => image * 784 + row * 28 + column + 1,
          {
            zh: '多了 1：第一个像素的位置是 0，不是 1。',
            en: 'That is 1 too many: the first pixel is at place 0, not 1.',
          },
        ],
        [
          (image, row, column) => (image - 1) * 784 + (row - 1) * 28 + (column - 1),
          {
            zh: '图、行、列都从 0 数起，不必减 1。',
            en: 'Pictures, rows and columns count from 0, so there is no 1 to subtract.',
          },
        ],
      ],
      ...wholeNumber,
    });
    return {
      zh: '最后一个轴挨得最近，越靠前的轴跨得越远：784、28、1。Flatten 因此不必移动任何数。',
      en: 'The last axis lies closest, each one before it steps further: 784, 28, 1. That is why Flatten need not move a number.',
    };
  },
  hints: [
    {
      zh: '要到达第 image 张图，先跳过前面所有的图；再跳过前面的行；最后是列。',
      en: 'To reach a picture, skip all those before it; then the rows before; then the columns.',
    },
    {
      zh: 'image * 784 + …，再加上行的部分和列的部分。',
      en: 'image * 784 + …: add the part of the row and that of the column.',
    },
  ],
};

export const stage3 = [classCounts, pixelIndex];
