import type { Nested } from '../../input/given';
import { itemAt } from '../../item-at';
import { computing, integer, list, shuffled, sum } from '../judging/compare';
import { failIf, parseArray } from '../judging/exercise';
import { en } from './text.en';
import { zh } from './text.zh';

type Digits = readonly number[];
type Inputs = [labels: Digits, predictions: Digits];
type Rows = readonly Digits[];

const PLACES = [...Array(10).keys()];

/** Makes samples of each label for each answer, so many of a cell, in any order. */
function samples(count: (row: number, column: number) => number): Inputs {
  const cells = PLACES.flatMap(row =>
    PLACES.flatMap(column => new Array<Digits>(count(row, column)).fill([row, column])),
  );
  const order = shuffled(cells);
  return [order.map(cell => itemAt(cell, 0)), order.map(cell => itemAt(cell, 1))];
}

/** Counts each pair of a label and a prediction that is to count. */
function counted(
  [labels, predictions]: Inputs,
  counts = (_label: number, _prediction: number): boolean => true,
): number[][] {
  const count = (row: number, column: number) =>
    labels.filter((label, i) => label === row && predictions[i] === column).length;
  return PLACES.map(row => PLACES.map(column => (counts(row, column) ? count(row, column) : 0)));
}

const each = (rows: Rows, change: (count: number) => number) => rows.map(row => row.map(change));

const isTen = (list: Nested) => typeof list !== 'number' && list.length === 10;

export const confusion = computing<Inputs, Nested, typeof en>({
  texts: { en, zh },
  draw: () => [
    samples((row, column) => 1 + ((row * row + 2 * column) % 3)),
    samples(() => integer(1, 3)),
  ],
  right: (...given) => counted(given),
  wrong: {
    exchanged: (labels, predictions) => counted([predictions, labels]),
    atMostOne: (...given) => each(counted(given), count => Math.min(count, 1)),
    rightOnes: (...given) => counted(given, (label, prediction) => label === prediction),
    wrongOnes: (...given) => counted(given, (label, prediction) => label !== prediction),
    sameRows(...given) {
      // Each sample then counts in every row.
      const rows = counted(given);
      const row = PLACES.map(column => sum(rows.map(row => itemAt(row, column))));
      return rows.map(() => row);
    },
    shares: (...given) => each(counted(given), count => count / given[0].length),
  },
  ...list,
  read(given, { other }) {
    const rows = parseArray(given);
    failIf(!rows.every(isTen) || !isTen(rows), other.shape);
    return rows;
  },
});
