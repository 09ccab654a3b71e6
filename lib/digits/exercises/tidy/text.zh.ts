import { en } from './text.en';

export const zh: typeof en = {
  title: '不留下张量',
  task: [
    '下面的函数结果正确，但每次调用都留下三个没有释放的中间张量。改写它，只留下返回的那一个。',
    '`tf.tidy` 运行一个函数，然后释放其中做出的所有张量，只留下返回的：`tf.tidy(() => x.square().sum())` 留下和，释放平方。',
  ],
  starter: en.starter,
  hints: [
    'x.mean()、x.sub(…)、x.max() 各做出一个张量，tf.tidy 在结束时释放它们。',
    '把整个算式放进 tf.tidy(() => …)，并返回 tf.tidy 的结果。',
  ],
  inputs: values => `x = ${values}`,
  wrong: {
    largestAfter: '要除以 x 的最大值，你除以的是减去平均值以后的最大值。',
    notDivided: '少了一步：还要除以 x 的最大值。',
    noMean: '少了一步：要先减去 x 的平均值。',
    exchanged: '平均值和最大值用反了。',
    dividedFirst: '应当先减后除，你先除了。',
  },
  other: {
    itself: '你返回了 x 本身，没有计算。',
    inputFreed: '你把 x 也释放了，可是调用这个函数的人还要用它。只释放函数自己做出的张量。',
    shape: (expected, shape) => `结果的形状应当是 [${expected}]，现在是 [${shape}]。`,
    kept: kept => `结果对了，但一次调用留下了 ${kept} 个没有释放的中间张量。`,
  },
  reward: '只留下了返回的张量。在训练循环里，每步漏掉几个张量，内存很快就会占满。',
  solution: en.solution,
};
