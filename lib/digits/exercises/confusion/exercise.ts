import type { Nested } from '../../input/given';
import { itemAt } from '../../item-at';
import { computing, integer, list, shuffled } from '../judging/compare';
import { failIf } from '../judging/exercise';
import { parseArray } from '../judging/parse';
import { en } from './text.en';
import { zh } from './text.zh';

type Digits = readonly number[];
type Inputs = [labels: Digits, predictions: Digits];
type Rows = readonly Digits[];

const CLASSES = [...Array(10).keys()];

/** Creates samples in random order, with the given count for each pair of label (row) and prediction (column). */
function samples(count: (row: number, column: number) => number): Inputs {
  const cells = CLASSES.flatMap(row =>
    CLASSES.flatMap(column => new Array<Digits>(count(row, column)).fill([row, column])),
  );
  const order = shuffled(cells);
  return [order.map(cell => itemAt(cell, 0)), order.map(cell => itemAt(cell, 1))];
}

/** Counts all pairs of a label and a prediction for which `counts` is true. */
function confusionMatrix(
  [labels, predictions]: Inputs,
  counts = (_label: number, _prediction: number): boolean => true,
): number[][] {
  const count = (row: number, column: number) =>
    labels.filter((label, i) => label === row && predictions[i] === column).length;
  return CLASSES.map(row => CLASSES.map(column => (counts(row, column) ? count(row, column) : 0)));
}

const mapCells = (rows: Rows, change: (count: number) => number) =>
  rows.map(row => row.map(change));

const hasUndefined = (row: unknown) => Array.isArray(row) && row.includes(undefined);

const isTen = (list: Nested) => typeof list !== 'number' && list.length === 10;

export const confusion = computing<Inputs, Nested, typeof en>({
  texts: { en, zh },
  draw: () => [
    samples((row, column) => (row * row + 2 * column) % 3),
    samples(() => integer(1, 3)),
  ],
  right: (...digits) => confusionMatrix(digits),
  wrong: {
    exchanged: (labels, predictions) => confusionMatrix([predictions, labels]),
    atMostOne: (...digits) => mapCells(confusionMatrix(digits), count => Math.min(count, 1)),
    rightOnes: (...digits) => confusionMatrix(digits, (label, prediction) => label === prediction),
    wrongOnes: (...digits) => confusionMatrix(digits, (label, prediction) => label !== prediction),
    // Counts the predictions regardless of the label.
    sameRows: (_labels, predictions) =>
      CLASSES.map(() => CLASSES.map(column => predictions.filter(p => p === column).length)),
    shares: (...digits) => mapCells(confusionMatrix(digits), count => count / digits[0].length),
  },
  ...list,
  read(result, { notFinite, other }) {
    failIf(Array.isArray(result) && result.some(hasUndefined), notFinite);
    const rows = parseArray(result);
    failIf(!rows.every(isTen) || !isTen(rows), other.shape);
    return rows;
  },
});
