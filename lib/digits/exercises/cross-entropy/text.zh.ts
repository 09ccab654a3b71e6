import { en } from './text.en';

export const zh: typeof en = {
  title: '亲手算交叉熵',
  task: [
    '`probabilities` 是网络对一个样本给出的概率，`label` 是正确答案。返回这个样本的损失，即稀疏交叉熵。JavaScript 的自然对数是 `Math.log`。',
  ],
  starter: en.starter,
  hints: [
    '从 probabilities 里取出标签的那一个，求自然对数，再变号。',
    'probabilities[label] 是正确答案的概率 p；返回 -Math.log(p)。',
  ],
  wrong: {
    sign: '符号反了：概率小于 1，对数是负的，损失却是正数。',
    base: '对数的底不对：交叉熵用自然对数，Math.log。',
    largest: '你用了最大的概率。损失要看的，是正确答案（标签）得到了多少概率。',
    otherClasses: '这是其余各类的概率之和，没有取对数。',
    noLogarithm: '这是正确答案的概率，还没有取对数。',
    ofTheOthers: '对数里应当是正确答案的概率，不是其余各类的。',
    allClasses: '你把每一类的对数都加上了，只有正确答案的那一个才算。',
    entropy: '这是概率自己的熵，没有用到标签。',
  },
  reward: '只看正确答案的概率：0.7 时损失是 0.36，0.1 时是 2.3；越接近 0，损失越大，没有上限。',
  reasoning:
    '损失衡量的是：正确答案让网络有多意外。p 为 1，毫不意外；p 越接近 0，越是意外，没有上限。其余各类不必另算：它们占去的，正是 p 少掉的。',
  solution: en.solution,
};
