import { en } from './text.en';

export const zh: typeof en = {
  title: '错得最有把握的一张',
  task: [
    '在 10000 张测试图片里，找出 `model` 认错了、而且最有把握的一张，给出它在测试集里的编号。网络的把握，就是它给自己那个答案的概率：`p.max(1)` 是每一行的最大值，正如 `p.argMax(1)` 是它的位置。',
  ],
  starter: en.starter,
  hints: [
    '对全部测试图片 predict；argMax(1) 是预测，max(1) 是把握。只看预测与标签不同的，找把握最大的一张。',
    '循环 i 从 0 到 9999：如果 digits[i] !== testLabels.data[i] 并且 certainty[i] 大于目前最大的，就记下 i。',
  ],
  wrong: {
    untrained: '这个模型认错了一大半，先训练它。',
    certainty: index => `${index} 是把握，要的是那张图片的编号。`,
    range: index => `测试图片的编号从 0 到 9999，你给的是 ${index}。`,
    place: index => `${index} 是它在认错的图片里排第几，不是它在测试集里的编号。`,
    rightAnswer: (index, label) => `第 ${index} 张是 ${label}，网络认对了。只在认错的图片里找。`,
    notTheWorst: (index, mine, most) =>
      `第 ${index} 张确实认错了，把握是 ${mine}；但还有认错的图片，把握达到 ${most}。`,
  },
  reward: (index, label, digit, certainty) =>
    `第 ${index} 张是 ${label}，网络以 ${certainty} 的把握说是 ${digit}。概率高不等于正确。看看下面这张图：换了你，认得出吗？`,
  reasoning: '有把握的预测大多是对的，认错的大多没有把握。所以先排除认对的，再比较把握。',
  solution: en.solution,
};
