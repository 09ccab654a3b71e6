/** Model: what softmax computes, and how it does so with large numbers. */
import { compare, list } from './compare';
import { integer, numbers } from './drawn';
import { type Exercise, refute } from './exercise';
import { shown } from './values';
import { watch } from './watch';

type Numbers = readonly number[];

const sum = (values: Numbers) => values.reduce((a, b) => a + b);
const shares = (values: Numbers) => values.map(value => value / sum(values));
const powers = (values: Numbers) => values.map(Math.exp);
const less = (values: Numbers, by: number) => values.map(value => value - by);
const largest = (values: Numbers) => Math.max(...values);
const smallest = (values: Numbers) => Math.min(...values);

/** Numbers like those of a network, then such as are too large for e to the z, or too small. */
function draw(): [logits: number[]][] {
  const [far, near, middle] = [integer(900, 1100), integer(1, 3), integer(-9, 9)];
  return [
    [numbers(3, -2, 4)],
    [numbers(integer(4, 6), -3, 3)],
    [[far, far + near]],
    [[-far, far, middle]],
    [[middle, far, -far]],
    [[-far, -far - near]],
    [numbers(1, -3, 3)],
  ];
}

const TOO_LARGE = {
  zh: 'e 的 1000 次方太大，成了 Infinity；两个 Infinity 相除，得到 NaN。先从每个数里减去最大的数：概率不变，数就不会太大。',
  en: 'e to the 1000 is too large and becomes Infinity, and Infinity divided by Infinity is NaN. Subtract the largest number from each of them first: the probabilities stay the same, and nothing gets too large.',
};

export const softmax: Exercise = {
  id: '5.3',
  async verify(answer) {
    const { called } = await watch(() =>
      compare<[logits: number[]], readonly number[]>(answer, {
        draw,
        named: logits => ({ zh: shown(logits), en: shown(logits) }),
        right: logits => shares(powers(less(logits, largest(logits)))),
        wrong: [
          [logits => shares(powers(logits)), TOO_LARGE],
          [
            logits => shares(powers(less(logits, sum(logits) / logits.length))),
            {
              zh: '减去平均值还不够：比平均值大得多的数，e 的幂仍然是 Infinity。要减去最大的数。',
              en: 'Subtracting the mean is not enough: e to a number far above the mean is still Infinity. Subtract the largest.',
            },
          ],
          [
            logits => shares(powers(less(logits, smallest(logits)))),
            {
              zh: '减去最小的数，别的数反而可能更大，e 的幂成了 Infinity。要减去最大的数。',
              en: 'Subtracting the smallest can make the others even larger, and e to them becomes Infinity. Subtract the largest.',
            },
          ],
          [
            logits => shares(powers(less(logits, logits[0] ?? 0))),
            {
              zh: '第一个数不一定最大，e 的幂仍然可能是 Infinity。要减去最大的数。',
              en: 'The first number need not be the largest, so e to another can still be Infinity. Subtract the largest.',
            },
          ],
          [
            logits => shares(powers(less(logits, largest(logits.map(Math.abs))))),
            {
              zh: '减去的是最大的绝对值。如果都是很小的负数，e 的幂就全是 0，0 除以 0 得到 NaN。要减去最大的数本身。',
              en: 'You subtract the largest absolute value. Where all numbers are far below 0, each power of e becomes 0, and 0 divided by 0 is NaN. Subtract the largest number itself.',
            },
          ],
          [
            logits => shares(powers(logits.map(z => Math.min(z, 700)))),
            {
              zh: '很大的数都截成了 700，它们的差别就没有了。减去最大的数，差别不变。',
              en: 'Cutting large numbers off at 700 loses the differences between them. Subtracting the largest keeps these.',
            },
          ],
          [
            logits => powers(less(logits, largest(logits))),
            {
              zh: '它们的和不是 1：还要除以它们的和。',
              en: 'They do not add up to 1: divide them by their sum.',
            },
          ],
          [
            powers,
            {
              zh: '它们的和不是 1：还要除以它们的和。',
              en: 'They do not add up to 1: divide them by their sum.',
            },
          ],
          [
            shares,
            {
              zh: '您只除以了总和。先取 e 的幂，这样负数也会变成正数。',
              en: 'You only divide by the sum. Take powers of e first, which makes even negative numbers positive.',
            },
          ],
          [
            logits => shares(less(logits, smallest(logits))),
            {
              zh: '您减去最小的数，再除以总和。要先取 e 的幂。',
              en: 'You subtract the smallest and divide by the sum. Take powers of e before you divide.',
            },
          ],
          [
            logits => logits.map(z => 1 / (1 + Math.exp(-z))),
            {
              zh: '这是 sigmoid：它分别计算每个数，它们的和不是 1。',
              en: 'That is the sigmoid, which takes each number by itself: they do not add up to 1.',
            },
          ],
          [
            logits => shares(less(logits, largest(logits)).map(z => 2 ** z)),
            { zh: '底数应当是 e，不是 2。', en: 'The base should be e, not 2.' },
          ],
          [
            logits => logits.map(z => Number(z === largest(logits))),
            {
              zh: '这只说了哪一个最大。别的数也有概率，只是小一些。',
              en: 'That says only which is the largest. The others have a probability, too, if a smaller one.',
            },
          ],
        ],
        ...list,
      }),
    );
    refute(called.has('softmax') || called.has('logSoftmax'), {
      zh: '结果对了，但这是 TensorFlow 的 softmax 算出来的。这道题要您自己来算。',
      en: "The result is right, but TensorFlow's own softmax computed it. The point here is to compute it yourself.",
    });
    return {
      zh: '都是正数，和为 1，大小次序不变。先减去最大的数，TensorFlow 也是这样做的。',
      en: 'All of them are positive, they add up to 1, and their order is kept. TensorFlow subtracts the largest number, too.',
    };
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
};
