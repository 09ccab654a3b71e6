/** Loading: what is in the set, and where in the memory. */
import mnist from 'mnist-data-loader';
import { type Exercise, Mistake, refute } from './exercise';
import { shown, theFunction, theNumber, theNumbers } from './values';

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
    const call = theFunction(answer);
    // [0, 0, 0] would be right for nearly every formula.
    for (const [image, row, column] of [
      [0, 3, 5],
      [2, 0, 1],
      [59_999, 27, 26],
    ] as const) {
      const got = theNumber(await call(image, row, column));
      const expected = image * 784 + row * 28 + column;
      if (got === expected) continue;
      const place = {
        zh: `第 ${image} 张图，第 ${row} 行，第 ${column} 列`,
        en: `Picture ${image}, row ${row}, column ${column}`,
      };
      refute(got === image * 784 + column * 28 + row, {
        zh: `${place.zh}：行和列写反了。同一行的像素挨在一起，往下一行要跳过 28 个。`,
        en: `${place.en}: rows and columns are exchanged. Pixels of a row lie side by side; one row further down is 28 on.`,
      });
      refute(got === image * 28 + row * 28 + column, {
        zh: `${place.zh}：每张图只跳过了 28 个数。一张图有 28 × 28 个像素。`,
        en: `${place.en}: only 28 numbers were skipped for each picture. A picture has 28 × 28 pixels.`,
      });
      throw new Mistake({
        zh: `${place.zh}：位置是 ${expected}，您得到 ${shown(got)}。都从 0 数起。`,
        en: `${place.en}: the place is ${expected}; yours is ${shown(got)}. All count from 0.`,
      });
    }
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
