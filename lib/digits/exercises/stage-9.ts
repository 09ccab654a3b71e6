/** Evaluate: accuracy, the batch axis, and which digit is taken for which. */
import { computing, number } from './compare';
import { confusion } from './confusion';
import { integer, shuffled } from './drawn';
import { recognise } from './recognise';
import { shown } from './values';

type Digits = readonly number[];

const agreeing = (labels: Digits, predictions: Digits): number =>
  labels.filter((label, i) => label === predictions[i]).length;

/** Draws labels, and predictions that are right for some of them. */
function someRight(count: number, right: number): [labels: Digits, predictions: Digits] {
  const labels = Array.from({ length: count }, () => integer(0, 9));
  const predictions = labels.map((label, i) => (i < right ? label : (label + integer(1, 9)) % 10));
  const order = shuffled([...labels.keys()]);
  const inOrder = (digits: Digits) => order.map(i => digits[i] as number);
  return [inOrder(labels), inOrder(predictions)];
}

const WRONG_ONES = {
  zh: '这是答错的个数。',
  en: 'That is how many are wrong.',
};

const accuracy = computing<[labels: Digits, predictions: Digits], number>({
  id: '9.1',
  cases: [
    [
      [0, 4, 7, 0, 2, 9, 9, 0],
      [0, 4, 1, 0, 7, 9, 2, 0],
    ],
    [
      [3, 0, 8, 8, 1],
      [3, 8, 0, 8, 1],
    ],
    [
      [5, 6, 0],
      [6, 0, 5],
    ],
    [[2], [2]],
  ],
  draw: () => [someRight(integer(5, 7), 2)],
  named: (labels, predictions) => ({
    zh: `${shown(labels)}，${shown(predictions)}`,
    en: `${shown(labels)}, ${shown(predictions)}`,
  }),
  right: (labels, predictions) => agreeing(labels, predictions) / labels.length,
  wrong: [
    {
      of: agreeing,
      zh: '这是答对的个数，还要除以总数。',
      en: 'That is how many are right, not yet divided by how many there are.',
    },
    {
      of: (labels, predictions) => 1 - agreeing(labels, predictions) / labels.length,
      zh: '这是答错的比例，要的是答对的。',
      en: 'That is the share that is wrong; the right ones are asked for.',
    },
    { of: (labels, predictions) => labels.length - agreeing(labels, predictions), ...WRONG_ONES },
    {
      of: (labels, predictions) => (100 * agreeing(labels, predictions)) / labels.length,
      zh: '这是百分数，要的是 0 和 1 之间的数。',
      en: 'That is a percentage; an accuracy is a number between 0 and 1.',
    },
    {
      of: (labels, predictions) => agreeing(labels, predictions) / 10,
      zh: '要除以样本的个数，不是类别的个数。',
      en: 'Divide by the number of samples, not by that of the classes.',
    },
    {
      of: (labels, predictions) => {
        const right = agreeing(labels, predictions);
        return right / (labels.length - right);
      },
      zh: '这是答对的除以答错的，要除以总数。',
      en: 'That is the right ones divided by the wrong ones; divide by all.',
    },
    {
      of: (labels, predictions) =>
        labels.filter(label => predictions.includes(label)).length / labels.length,
      zh: '只看一个数字在回答里有没有出现过，不行：同一个位置上的才能比较。',
      en: 'Whether a digit occurs among the answers is not enough: compare what stands in the same place.',
    },
    {
      of: (labels, predictions) => Number(agreeing(labels, predictions) === labels.length),
      zh: '只有全部答对才得 1，要的是答对的比例。',
      en: 'That is 1 only where all are right; accuracy is the share of the right ones.',
    },
  ],
  ...number,

  praise: {
    zh: '答对的个数除以总数。它只看哪个概率最大，不管大多少；有多大把握，要看损失。',
    en: 'Right answers divided by all. It asks only which probability is the largest, not by how much; that shows in the loss.',
  },
  hints: [
    {
      zh: '数一数有多少个位置上 labels[i] 与 predictions[i] 相同，再除以总数。',
      en: 'Count the places where labels[i] equals predictions[i], and divide by how many there are.',
    },
    {
      zh: 'labels.filter((label, i) => label === predictions[i]).length 是答对的个数。',
      en: 'labels.filter((label, i) => label === predictions[i]).length is how many are right.',
    },
  ],
});

export const stage9 = [accuracy, recognise, confusion];
