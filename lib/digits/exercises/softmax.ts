/** Model: what softmax computes, and how it does so with large numbers. */
import { computing, list } from './compare';
import { integer, numbers } from './drawn';
import { refute } from './exercise';
import { type Nested, shown } from './values';

type Numbers = readonly number[];

const sum = (values: Numbers) => values.reduce((a, b) => a + b);
const shares = (values: Numbers) => values.map(value => value / sum(values));
const powers = (values: Numbers) => values.map(Math.exp);
const less = (values: Numbers, by: number) => values.map(value => value - by);
const largest = (values: Numbers) => Math.max(...values);
const smallest = (values: Numbers) => Math.min(...values);

const NOT_FINITE = {
  zh: 'e 的 1000 次方太大，成了 Infinity，而 Infinity 除以 Infinity 是 NaN；如果减去的数太大，e 的幂就全是 0，0 除以 0 也是 NaN。从每个数里减去其中最大的数：概率不变，数也不会太大。',
  en: 'e to the 1000 is too large and becomes Infinity, and Infinity divided by Infinity is NaN; if what you subtract is too large, all powers become 0, and so is their sum. Subtract the largest of the numbers from each: the probabilities stay the same, and nothing gets too large.',
};

export const softmax = computing<[logits: number[]], Nested>({
  id: '5.3',
  cases: [
    [[-1.5, 0.5, 2]],
    [[0.3, -2, 1.1, 0, 2.9, -0.4, 1.7, 0.8, -1.2, 3]],
    [[0.4]],
    [[1001, 1003, -4]],
    [[0, 2000]],
    [[9, 1000, 3]],
    [[-1000, -1003]],
  ],
  draw: () => [[numbers(integer(4, 6), -3, 3)], [[integer(-9, 9), integer(900, 1100)]]],
  notFinite: NOT_FINITE,
  named: logits => ({ zh: shown(logits), en: shown(logits) }),
  right: logits => shares(powers(less(logits, largest(logits)))),
  wrong: [
    {
      of: logits => shares(powers(logits.map(z => Math.min(z, 700)))),
      zh: '很大的数都截成了 700，它们的差别就没有了。减去最大的数，差别不变。',
      en: 'Cutting large numbers off at 700 loses the differences between them. Subtracting the largest keeps these.',
    },
    {
      of: logits => powers(less(logits, largest(logits))),
      zh: '它们的和不是 1：还要除以它们的和。',
      en: 'They do not add up to 1: divide them by their sum.',
    },
    {
      of: powers,
      zh: '它们的和不是 1：还要除以它们的和。',
      en: 'They do not add up to 1: divide them by their sum.',
    },
    {
      of: shares,
      zh: '您只除以了总和。先取 e 的幂，这样负数也会变成正数。',
      en: 'You only divide by the sum. Take powers of e first, which makes even negative numbers positive.',
    },
    {
      of: logits => shares(less(logits, smallest(logits))),
      zh: '您减去最小的数，再除以总和。要先取 e 的幂。',
      en: 'You subtract the smallest and divide by the sum. Take powers of e before you divide.',
    },
    {
      of: logits => logits.map(z => 1 / (1 + Math.exp(-z))),
      zh: '这是 sigmoid：它分别计算每个数，它们的和不是 1。',
      en: 'That is the sigmoid, which takes each number by itself: they do not add up to 1.',
    },
    {
      of: logits => shares(less(logits, largest(logits)).map(z => 2 ** z)),
      zh: '底数应当是 e，不是 2。',
      en: 'The base should be e, not 2.',
    },
    {
      of: logits => logits.map(z => Number(z === largest(logits))),
      zh: '这只说了哪一个最大。别的数也有概率，只是小一些。',
      en: 'That says only which is the largest. The others have a probability, too, if a smaller one.',
    },
  ],
  ...list,
  also: ({ called }) => {
    refute(called.has('softmax') || called.has('logSoftmax'), {
      zh: '结果对了，但这是 TensorFlow 的 softmax 算出来的。这道题要您自己来算。',
      en: "The result is right, but TensorFlow's own softmax computed it. The point here is to compute it yourself.",
    });
  },
  praise: {
    zh: '都是正数，和为 1，大小次序不变。先减去最大的数，TensorFlow 也是这样做的。',
    en: 'All of them are positive, they add up to 1, and their order is kept. TensorFlow subtracts the largest number, too.',
  },
  hints: [
    {
      zh: '对每个数取 Math.exp，再分别除以它们的和。很大的数要先变小：从每个数里减去同一个数，概率不变。',
      en: 'Take Math.exp of each number, then divide each by their sum. Large numbers must be made smaller first: subtracting the same number from each leaves the probabilities as they are.',
    },
    {
      zh: '先写 const powers = logits.map(z => Math.exp(z - Math.max(...logits)))，再求和、相除。',
      en: 'First const powers = logits.map(z => Math.exp(z - Math.max(...logits))), then add them up and divide.',
    },
  ],
});
