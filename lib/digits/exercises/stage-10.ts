/** Apply: from probabilities to digits, the most certain mistake, other pictures, and convolution. */
import { itemAt } from '../item-at';
import { anotherSet } from './another-set';
import { computing, list, type Question } from './compare';
import { convolution } from './convolution';
import { probabilities } from './drawn';
import { refute } from './exercise';
import { shown } from './shown';
import type { Nested } from './values';
import { worstMistake } from './worst-mistake';

type Rows = readonly (readonly number[])[];

const placesOf = (rows: Rows): number[] => rows.map(row => row.indexOf(Math.max(...row)));

const columnsOf = (rows: Rows): number[][] =>
  itemAt(rows, 0).map((_, column) => rows.map(row => itemAt(row, column)));

const WRONG: Question<[Rows], Nested>['wrong'] = [
  {
    of: rows => rows.map(row => Math.max(...row)),
    zh: '这是最大的概率本身，要的是它的位置。',
    en: 'Those are the largest probabilities themselves; return their places.',
  },
  {
    of: rows => placesOf(columnsOf(rows)),
    zh: '这是在每一列里找的。每一行是一个样本，要在行里找（轴 1）。',
    en: 'Those were looked for in each column. A row is a sample: look within the rows (axis 1).',
  },
  {
    of: rows => rows.map(row => row.findIndex(p => p >= 0.5)),
    zh: '最大的概率不一定达到 0.5；findIndex 找不到时返回 -1。',
    en: 'The largest probability need not reach 0.5; where it does not, findIndex returns -1.',
  },
  {
    of: rows => rows.map(row => row.indexOf(Math.min(...row))),
    zh: '这是最小的概率的位置。',
    en: 'Those are the places of the smallest probabilities.',
  },
  {
    of: rows => placesOf(rows).map(place => place + 1),
    zh: '都大了 1：位置从 0 数起。',
    en: 'All are 1 too large: places count from 0.',
  },
  {
    of: rows => placesOf(rows.slice(0, 1)),
    zh: '这只是第一行的位置，每一行都要有一个。',
    en: 'That is the place in the first row alone; there should be one for each row.',
  },
  {
    of: rows => placesOf([rows.flat()]),
    zh: '这是在所有的行里一起找的，要每一行各找一个。',
    en: 'That was looked for in all rows together; there should be one for each row.',
  },
  {
    of: rows => rows.map(row => row.map(p => Number(p === Math.max(...row)))),
    zh: '这是独热的形式，要的是 1 所在的位置。',
    en: 'That is the one-hot form; return the place of the 1.',
  },
  {
    of: rows => rows.map(row => row.indexOf(itemAt([...row].sort(), row.length - 1))),
    zh: 'sort() 按文字来比较，9e-7 排在 0.5 的后面。比较数要写 sort((a, b) => a - b)，或者直接用 Math.max。',
    en: 'sort() compares as text, where 9e-7 comes after 0.5. For numbers write sort((a, b) => a - b), or simply take Math.max.',
  },
  {
    of: rows => rows.map(row => row.length - 1),
    zh: '总是最后的位置：sort 会改变这一行本身，位置也就乱了。先复制一份再排，或者直接用 Math.max。',
    en: 'That is always the last place: sort changes the row itself, and its places with it. Sort a copy, or simply take Math.max.',
  },
];

const argMax = computing<[rows: Rows], Nested>({
  id: '10.1',
  cases: [
    [
      [
        [0.7, 0.2, 0.1],
        [0.25, 0.3, 0.45],
        [0.3, 0.5, 0.2],
      ],
    ],
    // So small a number is written with an e, and comes last among texts.
    [[[0.4, 9e-7, 0.2, 0.4 - 9e-7]]],
    [
      [
        [0.1, 0.05, 0.85],
        [0.9, 0.04, 0.06],
      ],
    ],
  ],
  draw: () => [[[probabilities(10), probabilities(10)]]],
  named: rows => {
    const written = rows.map(row => shown(row)).join(', ');
    return { zh: `[${written}]`, en: `[${written}]` };
  },
  right: placesOf,
  wrong: WRONG,
  ...list,
  also: ({ operations }) => {
    refute(operations.length > 0, {
      zh: '结果是对的，但用了 tf。这道题要不用 tf，自己来找。',
      en: 'The result is right, but tf found it. Here you are to find it yourself, without tf.',
    });
  },
  praise: {
    zh: '每行一个位置：这就是 argMax(1)。argMax(0) 会沿着列去找。',
    en: 'One place for each row: that is argMax(1). argMax(0) would look along the columns.',
  },
  hints: [
    {
      zh: '对每一行：找出最大的数，再找它的位置。',
      en: 'For each row: find the largest number, then its place.',
    },
    {
      zh: 'rows.map(row => row.indexOf(…))，里面用 Math.max(...row)。',
      en: 'rows.map(row => row.indexOf(…)) with Math.max(...row) in it.',
    },
  ],
});

export const stage10 = [argMax, worstMistake, anotherSet, convolution];
