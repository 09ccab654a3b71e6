import type { Nested } from '../../input/given';
import { itemAt } from '../../item-at';
import { computing, list, probabilities } from '../judging/compare';
import { failIf } from '../judging/exercise';
import { en } from './text.en';
import { zh } from './text.zh';

type Rows = readonly (readonly number[])[];

const indicesOf = (rows: Rows): number[] => rows.map(row => row.indexOf(Math.max(...row)));

const columnsOf = (rows: Rows): number[][] =>
  itemAt(rows, 0).map((_, column) => rows.map(row => itemAt(row, column)));

const ROWS = [
  [0.25, 0.3, 0.45],
  [0.7, 0.2, 0.1],
  [0.3, 0.5, 0.2],
];

export const argMax = computing<[rows: Rows], Nested, typeof en>({
  texts: { en, zh },
  draw: () => [[ROWS], [[probabilities(10), probabilities(10)]]],
  right: indicesOf,
  wrong: {
    probabilities: rows => rows.map(row => Math.max(...row)),
    columns: rows => indicesOf(columnsOf(rows)),
    half: [0.5, 0.5 + 1e-9].map(least => rows => rows.map(row => row.findIndex(p => p >= least))),
    smallest: rows => rows.map(row => row.indexOf(Math.min(...row))),
    fromOne: rows => indicesOf(rows).map(index => index + 1),
    firstRow: rows => indicesOf(rows.slice(0, 1)),
    allRows: rows => indicesOf([rows.flat()]),
    oneHot: rows => rows.map(row => row.map(p => Number(p === Math.max(...row)))),
  },
  ...list,
  also: (ops, { other }) => failIf(ops.size > 0, other.byTf),
});
