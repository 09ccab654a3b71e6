/** The confusion matrix: what was taken for what. */
import { itemAt } from '../item-at';
import { computing, list, type Question } from './compare';
import { integer, shuffled } from './drawn';
import { refute } from './exercise';
import { type Nested, shown, theArray } from './values';

type Digits = readonly number[];
type Inputs = [labels: Digits, predictions: Digits];
type Rows = readonly Digits[];

/** Makes samples of each label for each answer, so many of a cell, in any order. */
function samples(count: (row: number, column: number) => number): Inputs {
  const cells = Array.from(
    { length: 100 },
    (_, cell) => [Math.floor(cell / 10), cell % 10] as const,
  );
  const order = shuffled(
    cells.flatMap(([row, column]) => new Array(count(row, column)).fill([row, column])),
  );
  return [order.map(([label]) => label), order.map(([, prediction]) => prediction)];
}

/** Counts the samples, all or some of them. */
const counted = (
  [labels, predictions]: Inputs,
  counts: (label: number, prediction: number) => boolean = () => true,
): number[][] =>
  Array.from({ length: 10 }, (_, row) =>
    Array.from(
      { length: 10 },
      (_, column) =>
        labels.filter(
          (label, i) => label === row && predictions[i] === column && counts(row, column),
        ).length,
    ),
  );

const each = (rows: Rows, change: (count: number, row: Digits) => number) =>
  rows.map(row => row.map(count => change(count, row)));
const sum = (counts: Digits) => counts.reduce((a, b) => a + b);

/** What learners take for it, each with the reason that it is not. */
const MISTAKES: Question<Inputs, Nested>['wrong'] = [
  {
    of: (labels, predictions) => counted([predictions, labels]),
    zh: '行和列反了。行是标签，列是网络的回答。',
    en: 'Rows and columns are exchanged. Rows are the labels, columns the answers.',
  },
  {
    of: (...given) => each(counted(given), count => Math.min(count, 1)),
    zh: '每一格最多是 1：同样的一对出现几次，就要数几次，不能只写 1。',
    en: 'No cell is above 1: a pair that occurs twice counts twice. Add up instead of writing 1.',
  },
  {
    of: (...given) => counted(given, (label, prediction) => label === prediction),
    zh: '只数了答对的（对角线）。答错的才告诉我们，哪个数字容易被认成哪个。',
    en: 'Only the right answers were counted, the diagonal. It is the wrong ones that tell which digit is taken for which.',
  },
  {
    of: (...given) => counted(given, (label, prediction) => label !== prediction),
    zh: '只数了答错的。答对的也要数，它们在对角线上。',
    en: 'Only the wrong answers were counted. The right ones belong in it, too, on the diagonal.',
  },
  {
    of: (...given) => {
      // Each sample then counts in every row.
      const rows = counted(given);
      const row = rows.map((_, column) => sum(rows.map(row => itemAt(row, column))));
      return rows.map(() => row);
    },
    zh: '十行全都一样：fill 把同一个数组放进了十行，改一行就改了所有的行。每行要各做一个数组。',
    en: 'All ten rows are the same: fill puts one and the same array into each, so that a change of one row changes them all. Make an array for each row.',
  },
  {
    of: (...given) => each(counted(given), (count, row) => count / sum(row)),
    zh: '这是每一行中的比例，要的是个数。',
    en: 'Those are shares of each row, but the matrix holds counts.',
  },
  {
    of: (...given) => each(counted(given), count => count / given[0].length),
    zh: '这是占全部样本的比例，要的是个数。',
    en: 'Those are shares of all samples, but the matrix holds counts.',
  },
];

/** Takes ten rows of ten. */
function theMatrix(answer: unknown): Nested {
  const rows = theArray(answer);
  const isTen = (list: Nested) => typeof list !== 'number' && list.length === 10;
  refute(!rows.every(isTen) || !isTen(rows), {
    zh: '应当有十行，每行十个数：每个标签一行，每个回答一列。',
    en: 'The matrix has ten rows of ten numbers: a row for each label, a column for each answer.',
  });
  return rows;
}

export const confusion = computing<Inputs, Nested>({
  id: '9.3',
  cases: [samples((row, column) => 1 + ((row * row + 2 * column) % 3))],
  draw: () => [samples(() => integer(1, 3))],
  named: (labels, predictions) => ({
    zh: `${shown(labels)}，${shown(predictions)}`,
    en: `${shown(labels)}, ${shown(predictions)}`,
  }),
  right: (...given) => counted(given),
  wrong: MISTAKES,
  notFinite: {
    zh: '有的格子不是数：每一格都要从 0 开始，才能加 1。',
    en: 'Some cells are no numbers: each has to begin at 0 before 1 can be added.',
  },
  ...list,
  read: theMatrix,
  praise: {
    zh: '对角线上是答对的，其余的格子说出把谁认成了谁。',
    en: 'Right answers are on the diagonal; the other cells tell what was taken for what.',
  },
  hints: [
    {
      zh: '先做十行、每行十个 0。每个样本给第 labels[i] 行、第 predictions[i] 列加 1。',
      en: 'Begin with ten rows of ten zeros. Each sample adds 1 in row labels[i], column predictions[i].',
    },
    {
      zh: 'Array.from({ length: 10 }, () => new Array(10).fill(0))，然后 labels.forEach((label, i) => { … })。',
      en: 'Array.from({ length: 10 }, () => new Array(10).fill(0)), then labels.forEach((label, i) => { … }).',
    },
  ],
});
