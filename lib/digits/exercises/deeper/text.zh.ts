import { en } from './text.en';

export const zh: typeof en = {
  title: '再加一个隐藏层',
  task: [
    '搭建一个有两个隐藏层的模型：输入 28 × 28 的图片，输出十个概率。隐藏层有多少个神经元，由你决定。',
  ],
  starter: en.starter,
  hints: [
    '与课程中的模型一样，只是在两个 Dense 层之间再加一个 Dense 层，它也要有激活函数。',
    "依次 add：flatten({ inputShape: [28, 28] })，两个 dense({ units: …, activation: 'relu' })，一个 dense({ units: 10, activation: 'softmax' })。",
  ],
  wrong: {
    linear: place =>
      `第 ${place} 个隐藏层没有激活函数。两个线性的层相接，仍然只相当于一个线性层，5.2 会证明这一点。`,
    noSoftmax: sum => `十个输出不是概率：它们的和是 ${sum}，不是 1。输出层少了 softmax。`,
    noShares: (sum, last) =>
      `十个输出不是概率：它们的和是 ${sum}，不是 1。输出层的激活函数是 ${last}，应当是 softmax。`,
  },
  reward: '两个隐藏层都有激活函数，最后是 softmax。它有多少个参数，第 6 阶段来算。',
  reasoning:
    '两层之间没有弯折，就会并成一层（5.2），所以两个隐藏层都要 relu。softmax 只放在最后，因为只有那里要的是概率。',
  solution: en.solution,
};
