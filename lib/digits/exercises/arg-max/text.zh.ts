import { en } from './text.en';

export const zh: typeof en = {
  title: '亲手做 argMax(1)',
  task: [
    '`rows` 的每一行是网络对一张图给出的概率。每张图预测为哪一类？不用 `tf`，返回每一行中最大的数的位置：`[[0.1, 0.9], [0.8, 0.2]]` 得到 `[1, 0]`。',
  ],
  starter: en.starter,
  hints: [
    '对每一行：找出最大的数，再找它的位置。',
    'map 把每一行变成一个数。Math.max(...row) 是一行里最大的数，row.indexOf(…) 说出某个数在这一行的哪个位置。',
  ],
  wrong: {
    probabilities: '这是最大的概率本身，要的是它的位置。',
    columns: '这是在每一列里找的。每一行是一个样本，要在行里找（轴 1）。',
    half: '最大的概率不一定达到 0.5；findIndex 找不到时返回 -1。',
    smallest: '这是最小的概率的位置。',
    fromOne: '都大了 1：位置从 0 数起。',
    firstRow: '这只是第一行的位置，每一行都要有一个。',
    allRows: '这是在所有的行里一起找的，要每一行各找一个。',
    oneHot: '这是独热的形式，要的是 1 所在的位置。',
  },
  other: {
    byTf: '结果是对的，但用了 tf。这道题要不用 tf，自己来找。',
  },
  reward: '每张图一个预测：这就是 argMax(1)。argMax(0) 会沿着列去找。',
  reasoning: '同一张图的十个概率互相比，不与别的图比，所以要在每一行里各找最大的。',
  solution: en.solution,
};
