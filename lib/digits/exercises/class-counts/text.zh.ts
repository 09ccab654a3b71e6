import { en } from './text.en';

export const zh: typeof en = {
  title: '每个数字有多少张，不看图能对多少',
  task: [
    '训练集里，数字 0～9 各有多少张图片？做一个数组 `counts`，依次写出这十个数。标签在 `trainLabels.data` 里。',
    '假如有人不看图，一律回答同一个数字，在训练集上最高能得到多少准确率（0 和 1 之间）？这就是基线 `baseline`，任何网络都要比它好。',
  ],
  starter: en.starter,
  hints: [
    '先数一个数字：trainLabels.data 里有多少个标签等于它？再对十个数字都这样做。要一律回答一个数字，你会选哪个？',
    'trainLabels.data.filter(label => label === 3).length 是 3 的张数。用 [0, 1, …, 9].map(digit => …) 数完十个数字。基线是 Math.max(...counts) 除以总数。',
  ],
  wrong: {
    testSet: '你数的是测试集。这里要数训练集，它的标签是 trainLabels。',
    bothSets: '测试集也数进去了，这里只数训练集。',
    equal: '60000 除以 10 是 6000，但各个数字并不一样多，要真的去数。',
    labelsAdded: '你加的是标签本身。每遇到一个标签，只加 1。',
    withoutValidation: '只数了前 48000 张。训练集有 60000 张，验证集也从中留出。',
  },
  other: {
    length: length => `应当有十个数，每个类别一个，现在有 ${length} 个。`,
    notCounted:
      '有些数是 NaN：空数组里取出来的是 undefined，加 1 就成了 NaN。先准备十个 0：new Array(10).fill(0)。',
    sum: sum => `十个数的和应当是 60000，现在是 ${sum}。每个标签恰好数一次。`,
    digit: (count, digit) => `总数对了，但数字 ${digit} 不是 ${count} 张。`,
    baselineCount: '个数对了。基线应当是准确率：还要除以图片的总数。',
    baselinePercentage: '个数对了。基线写成了百分数，准确率是 0 和 1 之间的数。',
    baselineGuess: '个数对了。0.1 是瞎猜的结果。一律回答同一个数字，可以更好：选哪一个？',
    baseline: baseline =>
      `个数对了。基线不是 ${baseline}：60000 张训练图片里，所选的数字占多大比例？`,
  },
  reward:
    '1 最多（6742 张），5 最少（5421 张），相差不大，所以准确率是公平的成绩：一律回答 1，也只能对约 11%。要是十张里有九张是 1，90% 的准确率就一文不值。',
  reasoning:
    '每个标签都是十个数字之一，所以十个数加起来是 60000。不看图，最多只能对这么多：一律回答最常见的那个数字。',
  solution: en.solution,
};
