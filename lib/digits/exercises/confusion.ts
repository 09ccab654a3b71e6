/** The confusion matrix: what was taken for what. */
import * as tf from '@tensorflow/tfjs';
import { itemAt } from '../item-at';
import type { Text } from '../language';
import { distinct, shuffled } from './drawn';
import { type Exercise, Mistake, refute } from './exercise';
import { allClose, given, shown, theFunction } from './values';

/** What was asked and answered: a label and a prediction. */
type Pair = readonly [label: number, prediction: number];

export const confusion: Exercise = {
  id: '9.3',
  async verify(answer) {
    const call = theFunction(answer);
    const [a = 0, b = 0, c = 0] = distinct(3, 1, 8);
    const pairs = shuffled<Pair>([
      ...repeated([a, a], 3),
      ...repeated([b, b], 2),
      ...repeated([a, b], 2),
      [b, c],
      [c, c],
      [0, 0],
      [9, c],
    ]);
    const labels = pairs.map(([label]) => label);
    const predictions = pairs.map(([, prediction]) => prediction);
    const got = theCells(await call([...labels], [...predictions]));
    const expected = counted(pairs);
    const wrong = expected.findIndex((count, cell) => !allClose([itemAt(got, cell)], [count]));
    if (wrong >= 0) {
      const why = MISTAKES.find(([formula]) => allClose(got, formula(pairs)))?.[1] ?? {
        zh: `第 ${Math.floor(wrong / 10)} 行、第 ${wrong % 10} 列应当是 ${expected[wrong]}，您得到 ${shown(got[wrong])}。`,
        en: `Row ${Math.floor(wrong / 10)}, column ${wrong % 10} should be ${expected[wrong]}; yours is ${shown(got[wrong])}.`,
      };
      throw new Mistake(why);
    }
    return {
      zh: `对角线上是答对的，其余的格子说出把谁认成了谁。这里 ${a} 有两次被认成 ${b}。`,
      en: `Right answers are on the diagonal; the other cells tell what was taken for what. Here, ${a} was taken for ${b} twice.`,
    };
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
};

const repeated = (pair: Pair, times: number): Pair[] => Array.from({ length: times }, () => pair);

/** Counts the pairs, row by row. */
function counted(pairs: readonly Pair[]): number[] {
  const cells: number[] = new Array(100).fill(0);
  for (const [label, prediction] of pairs) {
    const cell = 10 * label + prediction;
    cells[cell] = itemAt(cells, cell) + 1;
  }
  return cells;
}

/** What learners take for it, each with the reason that it is not. */
const MISTAKES: readonly (readonly [(pairs: readonly Pair[]) => number[], Text])[] = [
  [
    pairs => counted(pairs.map(([label, prediction]) => [prediction, label])),
    {
      zh: '行和列反了。行是标签，列是网络的回答。',
      en: 'Rows and columns are exchanged. Rows are the labels, columns the answers.',
    },
  ],
  [
    pairs => counted(pairs).map(count => Math.min(count, 1)),
    {
      zh: '每一格最多是 1：同样的一对出现几次，就要数几次，不能只写 1。',
      en: 'No cell is above 1: a pair that occurs twice counts twice. Add up instead of writing 1.',
    },
  ],
  [
    pairs => counted(pairs.filter(([label, prediction]) => label === prediction)),
    {
      zh: '只数了答对的（对角线）。答错的才告诉我们，哪个数字容易被认成哪个。',
      en: 'Only the right answers were counted, the diagonal. It is the wrong ones that tell which digit is taken for which.',
    },
  ],
  [
    pairs => counted(pairs.filter(([label, prediction]) => label !== prediction)),
    {
      zh: '只数了答错的。答对的也要数，它们在对角线上。',
      en: 'Only the wrong answers were counted. The right ones belong in it, too, on the diagonal.',
    },
  ],
  [
    // Each sample then counts in every row.
    pairs => {
      const columns = counted(pairs.map(([, prediction]) => [0, prediction])).slice(0, 10);
      return Array.from({ length: 10 }, () => columns).flat();
    },
    {
      zh: '十行全都一样：fill 把同一个数组放进了十行，改一行就改了所有的行。每行要各做一个数组。',
      en: 'All ten rows are the same: fill puts one and the same array into each, so that a change of one row changes them all. Make an array for each row.',
    },
  ],
  [
    pairs => {
      const cells = counted(pairs);
      const sums = cells.map((_, cell) => {
        const row = cell - (cell % 10);
        return cells.slice(row, row + 10).reduce((sum, count) => sum + count);
      });
      return cells.map((count, cell) => count / Math.max(1, itemAt(sums, cell)));
    },
    {
      zh: '这是每一行中的比例，要的是个数。',
      en: 'Those are shares of each row, but the matrix holds counts.',
    },
  ],
  [
    pairs => counted(pairs).map(count => count / pairs.length),
    {
      zh: '这是占全部样本的比例，要的是个数。',
      en: 'Those are shares of all samples, but the matrix holds counts.',
    },
  ],
];

/** Takes a hundred numbers, in ten rows. */
function theCells(answer: unknown): number[] {
  const rows: unknown = answer instanceof tf.Tensor ? answer.arraySync() : given(answer);
  const isRow = (row: unknown) => Array.isArray(row) || ArrayBuffer.isView(row);
  refute(!Array.isArray(rows) || rows.length !== 10 || !rows.every(isRow), NOT_TEN);
  const lists = (rows as ArrayLike<number>[]).map(row => Array.from(row));
  refute(
    lists.some(row => row.length > 10),
    NOT_TEN,
  );
  const cells = lists.flatMap(row => Array.from({ length: 10 }, (_, column) => row[column]));
  refute(
    cells.some(cell => typeof cell !== 'number' || Number.isNaN(cell)),
    {
      zh: '有的格子不是数：每一格都要从 0 开始，才能加 1；没有出现过的一对，也是 0。',
      en: 'Some cells are no numbers: each has to begin at 0 before 1 can be added, and a pair that never occurs is 0, too.',
    },
  );
  return cells as number[];
}

const NOT_TEN = {
  zh: '应当有十行，每行十个数：每个标签一行，每个回答一列。',
  en: 'The matrix has ten rows of ten numbers: a row for each label, a column for each answer.',
};
