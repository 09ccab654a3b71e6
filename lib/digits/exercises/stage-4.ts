/** Preprocessing: the range of the pixels, one-hot labels, and memory. */
import { computing, list } from './compare';
import { integer } from './drawn';
import { refute } from './exercise';
import { otherRange } from './other-range';
import { tidy } from './tidy';
import type { Nested } from './values';

/** Makes a vector for each place from 0 on. */
const vector = (length: number, at: (place: number) => number) =>
  Array.from({ length }, (_, place) => at(place));

const oneHot = computing<[label: number, classes: number], Nested>({
  id: '4.2',
  cases: [
    [7, 10],
    [0, 4],
    [3, 4],
    [2, 12],
  ],
  draw: () => [[integer(1, 10), integer(11, 15)]],
  named: (label, classes) => ({
    zh: `标签 ${label}，共 ${classes} 类`,
    en: `Label ${label} of ${classes} classes`,
  }),
  right: (label, classes) => vector(classes, place => Number(place === label)),
  wrong: [
    {
      of: (label, classes) => vector(classes, place => Number(place === label - 1)),
      zh: '1 放早了一位：位置从 0 数起，标签 0 的 1 在最前面。',
      en: 'The 1 is a place too early: places count from 0, and the 1 of label 0 comes first.',
    },
    {
      of: (label, classes) => vector(classes, place => Number(place === label + 1)),
      zh: '1 放晚了一位：位置从 0 数起。',
      en: 'The 1 is a place too late: places count from 0.',
    },
    {
      of: label => vector(10, place => Number(place === label)),
      zh: '长度总是 10，应当是 classes。',
      en: 'The length is always 10, but it should be classes.',
    },
    {
      of: (label, classes) => vector(classes + 1, place => Number(place === label)),
      zh: '多了一个数：classes 类只要 classes 个数，位置从 0 到 classes - 1。',
      en: 'There is one number too many: places go from 0 to classes - 1.',
    },
    {
      of: label => vector(label + 1, place => Number(place === label)),
      zh: '1 后面的 0 没有写出来：一共要有 classes 个数。',
      en: 'The zeros after the 1 are missing: there are as many numbers as classes.',
    },
    {
      of: (label, classes) => vector(classes, place => (place === label ? label : 0)),
      zh: '那个位置上要写 1，不是标签本身。',
      en: 'Write a 1 in that place, not the label itself.',
    },
    {
      of: (label, classes) => vector(classes, place => Number(place !== label)),
      zh: '0 和 1 写反了：只有标签的位置是 1。',
      en: '0 and 1 are exchanged: the place of the label alone is 1.',
    },
    {
      of: (label, classes) => vector(classes, place => Number(place <= label)),
      zh: '标签以前的位置也成了 1。只有标签的位置是 1。',
      en: 'The places before the label are 1, too. The place of the label alone should be 1.',
    },
    {
      of: (_, classes) => vector(classes, () => 0),
      zh: '里面没有 1，看不出是哪一类。',
      en: 'There is no 1 in it to tell the class.',
    },
    {
      of: (label, classes) => vector(classes, place => Number(place === classes - 1 - label)),
      zh: '次序反了：位置从左边数起。',
      en: 'The order is reversed: places count from the left.',
    },
  ],
  ...list,
  also: ({ called }) => {
    refute(called.has('oneHot'), {
      zh: '结果对了，但这是 tf.oneHot 做出来的。这道题要您自己来做。',
      en: 'The result is right, but tf.oneHot made it. The point here is to make it yourself.',
    });
  },
  praise: {
    zh: '一个 1，其余都是 0。它说的并不比标签多，只是写得更长，所以稀疏交叉熵可以直接用标签。',
    en: 'A single 1 among zeros. It says no more than the label does, only at greater length; so sparse cross-entropy can take the label as it is.',
  },
  hints: [
    {
      zh: '先做一个长度为 classes、全是 0 的数组，再在 label 的位置写 1。',
      en: 'Begin with an array of length classes that holds only zeros, then write a 1 in the place of the label.',
    },
    {
      zh: '先写 const v = new Array(classes).fill(0)，再写 v[label] = …，最后 return v。',
      en: 'First const v = new Array(classes).fill(0), then v[label] = …, and finally return v.',
    },
  ],
});

export const stage4 = [otherRange, oneHot, tidy];
