/** Apply: from probabilities to digits, the most certain mistake, other pictures, and convolution. */
import { itemAt } from '../item-at';
import { anotherSet } from './another-set';
import { compare, list } from './compare';
import { convolution } from './convolution';
import { probabilities, shuffled } from './drawn';
import { type Exercise, refute } from './exercise';
import { shown } from './shown';
import { watch } from './watch';
import { worstMistake } from './worst-mistake';

type Rows = readonly (readonly number[])[];

const placesOf = (rows: Rows): number[] => rows.map(row => row.indexOf(Math.max(...row)));

const columnsOf = (rows: Rows): number[][] =>
  itemAt(rows, 0).map((_, column) => rows.map(row => itemAt(row, column)));

const argMax: Exercise = {
  id: '10.1',
  async verify(answer) {
    const { operations } = await watch(() =>
      compare<[rows: Rows], readonly number[]>(answer, {
        draw: () => [
          [[shuffled([0.1, 0.2, 0.7]), shuffled([0.45, 0.3, 0.25]), shuffled([0.2, 0.5, 0.3])]],
          [[probabilities(10), probabilities(10)]],
          // So small a number is written with an e, and comes last among texts.
          [[shuffled([9e-7, 0.4, 0.2, 0.4 - 9e-7])]],
        ],
        named: rows => {
          const written = rows.map(shown).join(', ');
          return { zh: `[${written}]`, en: `[${written}]` };
        },
        right: placesOf,
        wrong: WRONG,
        ...list,
      }),
    );
    refute(operations.length > 0, {
      zh: '结果是对的，但用了 tf。这道题要不用 tf，自己来找。',
      en: 'The result is right, but tf found it. Here you are to find it yourself, without tf.',
    });
    return {
      zh: '每行一个位置：这就是 argMax(1)。argMax(0) 会沿着列去找。',
      en: 'One place for each row: that is argMax(1). argMax(0) would look along the columns.',
    };
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
};

const WRONG: Parameters<typeof compare<[Rows], readonly number[]>>[1]['wrong'] = [
  [
    rows => rows.map(row => Math.max(...row)),
    {
      zh: '这是最大的概率本身，要的是它的位置。',
      en: 'Those are the largest probabilities themselves; return their places.',
    },
  ],
  [
    rows => placesOf(columnsOf(rows)),
    {
      zh: '这是在每一列里找的。每一行是一个样本，要在行里找（轴 1）。',
      en: 'Those were looked for in each column. A row is a sample: look within the rows (axis 1).',
    },
  ],
  [
    rows => rows.map(row => row.findIndex(p => p >= 0.5)),
    {
      zh: '最大的概率不一定达到 0.5；findIndex 找不到时返回 -1。',
      en: 'The largest probability need not reach 0.5; where it does not, findIndex returns -1.',
    },
  ],
  [
    rows => rows.map(row => row.indexOf(Math.min(...row))),
    {
      zh: '这是最小的概率的位置。',
      en: 'Those are the places of the smallest probabilities.',
    },
  ],
  [
    rows => placesOf(rows).map(place => place + 1),
    {
      zh: '都大了 1：位置从 0 数起。',
      en: 'All are 1 too large: places count from 0.',
    },
  ],
  [
    rows => placesOf(rows.slice(0, 1)),
    {
      zh: '这只是第一行的位置，每一行都要有一个。',
      en: 'That is the place in the first row alone; there should be one for each row.',
    },
  ],
  [
    rows => placesOf([rows.flat()]),
    {
      zh: '这是在所有的行里一起找的，要每一行各找一个。',
      en: 'That was looked for in all rows together; there should be one for each row.',
    },
  ],
  [
    rows => rows.flatMap(row => row.map(p => Number(p === Math.max(...row)))),
    {
      zh: '这是独热的形式，要的是 1 所在的位置。',
      en: 'That is the one-hot form; return the place of the 1.',
    },
  ],
  [
    rows => rows.map(row => row.indexOf(itemAt([...row].sort(), row.length - 1))),
    {
      zh: 'sort() 按文字来比较，9e-7 排在 0.5 的后面。比较数要写 sort((a, b) => a - b)，或者直接用 Math.max。',
      en: 'sort() compares as text, where 9e-7 comes after 0.5. For numbers write sort((a, b) => a - b), or simply take Math.max.',
    },
  ],
  [
    rows => rows.map(row => row.length - 1),
    {
      zh: '总是最后的位置：sort 会改变这一行本身，位置也就乱了。先复制一份再排，或者直接用 Math.max。',
      en: 'That is always the last place: sort changes the row itself, and its places with it. Sort a copy, or simply take Math.max.',
    },
  ],
];

export const stage10 = [argMax, worstMistake, anotherSet, convolution];
