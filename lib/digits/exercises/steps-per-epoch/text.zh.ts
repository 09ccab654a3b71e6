import { en } from './text.en';

export const zh: typeof en = {
  title: '一轮有多少步',
  task: [
    '有 `samples` 个样本，按 `validationSplit` 的比例留出验证集，其余的参加训练，每步取 `batchSize` 个。参加训练的样本不是整数时，Keras 向下取整：11 个样本，留出 0.5，就有 5 个参加训练。`Math.floor` 向下取整，`Math.ceil` 向上取整。一个轮次有多少步？',
  ],
  starter: en.starter,
  hints: [
    '有多少样本参加训练？个数要向下取整。再除以批次大小；除不尽时，剩下的也是一批。',
    '先算 Math.floor(samples * (1 - validationSplit))，除以 batchSize，再用 Math.ceil。',
  ],
  inputs: (samples, batchSize, split) => `(${samples}, ${batchSize}, ${split})`,
  wrong: {
    halfSamples: '没有半个样本：参加训练的样本，个数先向下取整，多出来的一个归验证集。',
    validationToo: '验证集也算进去了，而留给验证的样本不参加训练。',
    lastBatch: '最后不满一批的样本丢掉了，它们也要训练一步。',
    notWhole: '步数应当是整数，最后不满一批的也算一步。',
    validationOnly:
      '这是验证集的批数：validationSplit 是留出的比例，参加训练的是 1 - validationSplit。',
    always750: '这总是课程里的步数，没有用到收到的数。',
  },
  reward: '先减去验证集，再除以批次大小，向上取整：课程的进度条里的 750 就是这样来的。',
  reasoning:
    '验证集不更新参数，所以没有步数。每个训练样本都要用一次，所以剩下的另成一批，小一些也算一步。',
  solution: en.solution,
};
