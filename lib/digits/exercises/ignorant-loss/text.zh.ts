import { en } from './text.en';

export const zh: typeof en = {
  title: '一无所知时的损失',
  task: ['一个什么也没有学过的网络，给 `classes` 个类别同样的概率。它的交叉熵损失是多少？'],
  starter: en.starter,
  hints: [
    '什么都不知道的网络，给每一类同样的概率。是多少？再用 7.1 的公式。',
    '每一类的概率是 1 / classes；损失是它的自然对数，再变号。',
  ],
  inputs: classes => `${classes} 类`,
  wrong: {
    probability: '这是每一类的概率，还不是损失。',
    sign: '符号反了：损失是正数。',
    wrongGuess: '这是猜错的概率，不是交叉熵。',
    base: '对数的底不对：交叉熵用自然对数，Math.log。',
    allClasses: '你把每一类都加上了，只有正确答案的那一类才算。',
    averaged: '多除了一次类别的个数：7.1 的公式只有对数，不乘概率。',
    always10: '这总是十类时的损失，没有用到 classes。',
  },
  reward: '十类时约为 2.30。训练开始时，损失应当在它附近；要是一直停在这里，就是什么也没有学到。',
  reasoning:
    '无论哪一类正确，它的概率都是 1 / classes，所以每张图的损失都相同：可选的有几类，就是几的对数。',
  solution: en.solution,
};
