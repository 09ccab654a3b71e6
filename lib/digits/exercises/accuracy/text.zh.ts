import { en } from './text.en';

export const zh: typeof en = {
  title: '亲手算准确率',
  task: ['`labels` 是标签，`predictions` 是网络的预测，一一对应。算出准确率：0 和 1 之间的数。'],
  starter: en.starter,
  hints: [
    '数一数有多少个位置上 labels[i] 与 predictions[i] 相同，再除以总数。',
    'filter((label, i) => …) 留下使条件成立的标签，同时给出位置 i；再用 length 数一数。',
  ],
  wrong: {
    rightOnes: '这是认对的个数，还要除以总数。',
    wrongShare: '这是认错的比例，要的是认对的。',
    wrongOnes: '这是认错的个数。',
    assigned:
      'labels[i] = predictions[i] 不是比较，而是把预测放进标签的位置，这样数的是不等于 0 的预测。比较要写 ===。',
    oneTooMany:
      '多数了一个：写成 i <= labels.length，i 会越过最后一个位置，那里两边都是 undefined，也就相等。要写 i < labels.length。',
    percentage: '这是百分数，要的是 0 和 1 之间的数。',
  },
  reward:
    '这就是认对的比例。它只看哪个概率最大，不管大多少；有多大把握，要看损失。好不好，要与基线比，例如 3.1 里的那个。',
  reasoning: '一个预测不是对就是错，所以可以数；除以总数，才能与样本个数不同的成绩比较。',
  solution: en.solution,
};
