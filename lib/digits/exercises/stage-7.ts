/** Compile: what the loss counts, what to expect of it, and which one fits the labels. */
import { itemAt } from '../item-at';
import { computing, number } from './compare';
import { integer, probabilities } from './drawn';
import { forOneHot } from './one-hot';
import { shown, theNumber } from './values';

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

const BASE = {
  zh: '对数的底不对：交叉熵用自然对数，Math.log。',
  en: 'The logarithm has another base: cross-entropy takes the natural one, Math.log.',
};

const crossEntropy = computing<[p: number[], label: number], number>({
  id: '7.1',
  cases: [
    [[0.1, 0.7, 0.2], 1],
    [[0.6, 0.3, 0.1], 2],
    [[0.3, 0.2, 0.45, 0.05], 0],
    [[1 - 2e-5, 2e-5], 1],
  ],
  draw: () => [[probabilities(10), integer(0, 9)]],
  named: (p, label) => ({ zh: `${shown(p)}，${label}`, en: `${shown(p)}, ${label}` }),
  right: (p, label) => -Math.log(itemAt(p, label)),
  wrong: [
    {
      of: (p, label) => Math.log(itemAt(p, label)),
      zh: '符号反了：概率小于 1，对数是负的，损失却是正数。',
      en: 'The sign is missing: the logarithm of a probability is negative, and a loss is positive.',
    },
    { of: (p, label) => -Math.log10(itemAt(p, label)), ...BASE },
    { of: (p, label) => -Math.log2(itemAt(p, label)), ...BASE },
    {
      of: p => -Math.log(Math.max(...p)),
      zh: '您用了最大的概率。损失要看的，是正确答案（标签）得到了多少概率。',
      en: 'You took the largest probability. The loss asks for that of the right answer, the label.',
    },
    {
      of: (p, label) => 1 - itemAt(p, label),
      zh: '这是其余各类的概率之和，没有取对数。',
      en: 'That is the probability of all other classes, without a logarithm.',
    },
    {
      of: (p, label) => itemAt(p, label),
      zh: '这是正确答案的概率，还没有取对数。',
      en: 'That is the probability of the right answer; its logarithm is still to be taken.',
    },
    {
      of: (p, label) => -Math.log(1 - itemAt(p, label)),
      zh: '对数里应当是正确答案的概率，不是其余各类的。',
      en: 'The logarithm is that of the right answer’s probability, not of all the others’.',
    },
    {
      of: p => -sum(p.map(Math.log)),
      zh: '您把每一类的对数都加上了，只有正确答案的那一个才算。',
      en: 'You added the logarithms of all classes; only that of the right answer counts.',
    },
    {
      of: p => -sum(p.map(value => value * Math.log(value))),
      zh: '这是概率自己的熵，没有用到标签。',
      en: 'That is the entropy of the probabilities themselves; the label is not used.',
    },
    {
      of: (p, label) => -itemAt(p, label) * Math.log(itemAt(p, label)),
      zh: '多乘了一个概率：标签那一类的权重是 1。',
      en: 'There is a probability too many as a factor: the label’s class counts 1.',
    },
    {
      of: (p, label) => -Math.log(itemAt(p, label)) / p.length,
      zh: '不要除以类别的个数：这是一个样本的损失。',
      en: 'Do not divide by the number of classes: this is the loss of one sample.',
    },
    {
      of: (p, label) => (1 - itemAt(p, label)) ** 2,
      zh: '这是平方误差，不是交叉熵。',
      en: 'That is a squared error, not the cross-entropy.',
    },
  ],
  read: theNumber,
  // A little that is added to p, against a logarithm of 0, does not matter.
  same: (a, b) => Math.abs(a - b) < 1e-3 * Math.max(0.1, Math.abs(b)),

  praise: {
    zh: '只看正确答案的概率：0.7 时损失是 0.36，0.1 时是 2.3；越接近 0，损失越大，没有上限。',
    en: 'Only the probability of the right answer counts: 0.7 costs 0.36, 0.1 costs 2.3, and towards 0 there is no limit.',
  },
  hints: [
    {
      zh: '从 probabilities 里取出标签的那一个，求自然对数，再变号。',
      en: 'Take the label’s own out of probabilities, then the natural logarithm of it, with the sign reversed.',
    },
    {
      zh: 'probabilities[label] 是正确答案的概率 p；返回 -Math.log(p)。',
      en: 'probabilities[label] is the probability p of the right answer; return -Math.log(p).',
    },
  ],
});

const ignorantLoss = computing<[classes: number], number>({
  id: '7.2',
  // Ten last: a number read off there looks right in a message, and is not.
  cases: [[2], [50], [1000], [10]],
  draw: () => [[integer(11, 1000)]],
  named: classes => ({ zh: `${classes} 类`, en: `${classes} classes` }),
  right: classes => Math.log(classes),
  wrong: [
    {
      of: classes => 1 / classes,
      zh: '这是每一类的概率，还不是损失。',
      en: 'That is the probability of each class, not yet the loss.',
    },
    {
      of: classes => -Math.log(classes),
      zh: '符号反了：损失是正数。',
      en: 'The sign is missing: a loss is positive.',
    },
    {
      of: classes => 1 - 1 / classes,
      zh: '这是猜错的概率，不是交叉熵。',
      en: 'That is the chance of a wrong guess, not the cross-entropy.',
    },
    { of: classes => Math.log10(classes), ...BASE },
    { of: classes => Math.log2(classes), ...BASE },
    {
      of: classes => classes * Math.log(classes),
      zh: '您把每一类都加上了，只有正确答案的那一类才算。',
      en: 'You added all classes up; only that of the right answer counts.',
    },
    {
      of: classes => Math.log(classes) / classes,
      zh: '多除了一次类别的个数：7.1 的公式只有对数，不乘概率。',
      en: 'That is divided by the number of classes once too often: the formula of 7.1 is the logarithm alone.',
    },
    {
      of: () => Math.log(10),
      zh: '这总是十类时的损失，没有用到 classes。',
      en: 'That is always the loss for ten classes; classes is not used.',
    },
    {
      of: () => 2.3,
      zh: '这总是十类时的损失，没有用到 classes。',
      en: 'That is always the loss for ten classes; classes is not used.',
    },
  ],
  ...number,

  praise: {
    zh: '十类时约为 2.30。训练开始时，损失应当在它附近；要是一直停在这里，就是什么也没有学到。',
    en: 'About 2.30 for ten classes. Training should begin near it; a loss that stays there means that nothing is learnt.',
  },
  hints: [
    {
      zh: '什么都不知道的网络，给每一类同样的概率。是多少？再用 7.1 的公式。',
      en: 'A network that knows nothing gives every class the same probability. Which one? Then use the formula of 7.1.',
    },
    {
      zh: '每一类的概率是 1 / classes；损失是它的自然对数，再变号。',
      en: 'Each class has the probability 1 / classes; the loss is its natural logarithm with the sign reversed.',
    },
  ],
});

export const stage7 = [crossEntropy, ignorantLoss, forOneHot];
