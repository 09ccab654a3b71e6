/** Loading: what is in the set, and where in the memory. */
import mnist from 'mnist-data-loader';
import { grouped } from '../format';
import { itemAt } from '../item-at';
import type { Text } from '../language';
import { computing, wholeNumber } from './compare';
import { integer } from './drawn';
import { type Exercise, Mistake, refute } from './exercise';
import { close, theNumbers } from './values';

const classCounts: Exercise = {
  id: '3.1',
  async verify(answer) {
    const counts = theNumbers(answer);
    refute(counts.length !== 10, {
      zh: `应当有十个数，每个类别一个，现在有 ${grouped(counts.length)} 个。`,
      en: `There should be ten numbers, one for each class; there are ${grouped(counts.length)}.`,
    });
    const [[, train], [, test]] = await mnist.loadData();
    const [right, ofTest] = [countsOf(train.data), countsOf(test.data)];
    const wrong: (Text & { of: number[] })[] = [
      {
        of: ofTest,
        zh: '您数的是测试集。这里要数训练集，它的标签是 trainY。',
        en: 'That is the test set. Count the training set, whose labels are trainY.',
      },
      {
        of: right.map((count, digit) => count + itemAt(ofTest, digit)),
        zh: '测试集也数进去了，这里只数训练集。',
        en: 'That counts the test set, too. Count the training set alone.',
      },
      {
        of: right.map(() => 6000),
        zh: '60\u202f000 除以 10 是 6000，但各个数字并不一样多，要真的去数。',
        en: '60,000 divided by 10 is 6,000, but there are not equally many of each digit: count them.',
      },
      {
        of: right.map((count, digit) => count * digit),
        zh: '您加的是标签本身。每遇到一个标签，只加 1。',
        en: 'You add up the labels themselves. Add 1 for each label.',
      },
      {
        of: right.map(count => count / 60_000),
        zh: '这是各个数字所占的份额，不是张数。',
        en: 'Those are shares of the whole, not counts.',
      },
      {
        of: right.map(count => count / 600),
        zh: '这是各个数字所占的百分比，不是张数。',
        en: 'Those are percentages of the whole, not counts.',
      },
      {
        of: countsOf(train.data.slice(0, 48_000)),
        zh: '只数了前 48\u202f000 张。训练集有 60\u202f000 张，验证集也从中留出。',
        en: 'You counted the first 48,000 only. The training set has 60,000; validation takes its part from them.',
      },
    ];
    const mistaken = wrong.find(({ of }) =>
      of.every((count, i) => close(count, itemAt(counts, i))),
    );
    if (mistaken) throw new Mistake(mistaken);
    refute(String(counts) !== String(right) && String(ordered(counts)) === String(ordered(right)), {
      zh: '十个数都对，位置却不对：第一个是数字 0 的张数，最后一个是数字 9 的。',
      en: 'All ten numbers are right, but not in their places: the count of the digit 0 comes first, that of 9 last.',
    });
    const sum = counts.reduce((a, b) => a + b);
    const digit = counts.findIndex((count, i) => count !== right[i]);
    if (digit >= 0) {
      const count = grouped(itemAt(counts, digit));
      refute(sum !== 60_000, {
        zh: `十个数的和应当是 60\u202f000，现在是 ${grouped(sum)}。每个标签恰好数一次。`,
        en: `The ten numbers should add up to 60,000; they make ${grouped(sum)}. Count each label exactly once.`,
      });
      throw new Mistake({
        zh: `总数对了，但数字 ${digit} 不是 ${count} 张。`,
        en: `The sum is right, but there are not ${count} pictures of the digit ${digit}.`,
      });
    }
    return {
      zh: '1 最多（6742 张），5 最少（5421 张），相差不大，所以准确率是公平的成绩：总是回答 1，也只能答对约 11%。',
      en: 'There are most of 1 (6,742) and fewest of 5 (5,421). They differ so little that accuracy is a fair measure: always answering 1 is right only about 11% of the time.',
    };
  },
  hints: [
    {
      zh: '先数一个数字：trainY.data 里有多少个标签等于它？再对十个数字都这样做。',
      en: 'Count one digit first: how many labels in trainY.data are equal to it? Then do the same for all ten.',
    },
    {
      zh: 'trainY.data.filter(label => label === 3).length 是 3 的张数。用 [0, 1, …, 9].map(digit => …) 数完十个数字。',
      en: 'trainY.data.filter(label => label === 3).length counts the 3s. [0, 1, …, 9].map(digit => …) does it for all ten digits.',
    },
  ],
};

const countsOf = (labels: Uint8Array): number[] =>
  Array.from({ length: 10 }, (_, digit) => labels.filter(label => label === digit).length);

const ordered = (values: readonly number[]) => values.slice().sort((a, b) => a - b);

const pixelIndex = computing<[image: number, row: number, column: number], number>({
  id: '3.2',
  cases: [
    [0, 3, 17],
    [1, 0, 0],
    [2, 27, 27],
    [999, 5, 0],
  ],
  draw: () => [[integer(1, 999), integer(1, 27), integer(1, 27)]],
  named: (image, row, column) => ({
    zh: `第 ${image} 张图，第 ${row} 行，第 ${column} 列`,
    en: `Picture ${image}, row ${row}, column ${column}`,
  }),
  right: (image, row, column) => image * 784 + row * 28 + column,
  wrong: [
    {
      of: (image, row, column) => image * 784 + column * 28 + row,
      zh: '行和列写反了：同一行的像素挨在一起，往下一行要跳过 28 个。',
      en: 'Rows and columns are exchanged: the pixels of a row stand side by side, and the next row begins 28 places on.',
    },
    {
      of: (image, row, column) => image * 28 + row * 28 + column,
      zh: '每张图只跳过了 28 个数，一张图却有 28 × 28 个像素。',
      en: 'You skip only 28 numbers for each picture, but a picture has 28 × 28 pixels.',
    },
    {
      of: (image, row, column) => image * 784 + row + column,
      zh: '每行只跳过了 1 个数，一行却有 28 个像素。',
      en: 'You skip only 1 number for each row, but a row has 28 pixels.',
    },
    {
      of: (_, row, column) => row * 28 + column,
      zh: '前面的图没有跳过：这是在一张图里的位置。',
      en: 'The pictures before it are not skipped: this is the place within a single picture.',
    },
    {
      of: (image, row) => image * 784 + row * 28,
      zh: '这是一行的开头，还要加上列。',
      en: 'This is where the row begins; the column is still to be added.',
    },
    {
      of: (image, row, column) => image * 784 + row * 28 + column + 1,
      zh: '多了 1：第一个像素的位置是 0，不是 1。',
      en: 'That is 1 too many: the first pixel is at place 0, not 1.',
    },
    {
      of: (image, row, column) => (image - 1) * 784 + (row - 1) * 28 + (column - 1),
      zh: '图、行、列都从 0 数起，不必减 1。',
      en: 'Pictures, rows and columns count from 0, so there is no 1 to subtract.',
    },
  ],
  ...wholeNumber,

  praise: {
    zh: '沿最后一个轴，相邻的像素挨在一起；越靠前的轴，跨得越远：784、28、1。所以 Flatten 一个数也不必移动。',
    en: 'Along the last axis neighbours lie side by side; along each axis before it they are further apart: 784, 28, 1. That is why Flatten need not move a single number.',
  },
  hints: [
    {
      zh: '先跳过前面所有的图，再跳过这张图里前面的行，最后数到这一列。',
      en: 'Skip all the pictures before this one, then the rows before this one, then count to the column.',
    },
    {
      zh: '一张图有 28 × 28 个像素：image * 784，再加上行的部分和列的部分。',
      en: 'A picture has 28 × 28 pixels: begin with image * 784, then add a part for the row and one for the column.',
    },
  ],
});

export const stage3 = [classCounts, pixelIndex];
