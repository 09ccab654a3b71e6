import { itemAt } from '../../item-at';
import { computing, integer, number, numbers, sum } from '../judging/compare';
import { en } from './text.en';
import { zh } from './text.zh';

type Numbers = readonly number[];

const relu = (z: number) => Math.max(0, z);
const products = (x: Numbers, w: Numbers) => x.map((value, i) => value * itemAt(w, i));
const weighted = (x: Numbers, w: Numbers) => sum(products(x, w));

export const unit = computing<[x: number[], w: number[], b: number], number, typeof en>({
  texts: { en, zh },
  draw() {
    const count = integer(5, 8);
    return [
      [[1, 0, 0.5, 1], [0.5, -1, 2, 1], -0.25],
      [[1, 0.5, 0, 1], [-1, 0.5, 2, -1], 0.5],
      [[0.5, 1, -1, 1, 0.25, 1], [1, -1, 3, 2, 2, 0.5], 4],
      [[0, 0, 0, 0], [1, -2, 3, 1], 0.75],
      [numbers(count, 0, 1), numbers(count, -1, 2), integer(-3, 3) / 2],
    ];
  },
  right: (x, w, b) => relu(weighted(x, w) + b),
  wrong: {
    noBias: (x, w) => relu(weighted(x, w)),
    biasEach: (x, w, b) => relu(sum(products(x, w).map(product => product + b))),
    noRelu: (x, w, b) => weighted(x, w) + b,
    reluEach: [
      (x, w, b) => sum(products(x, w).map(relu)) + b,
      (x, w, b) => relu(sum(products(x, w).map(relu)) + b),
    ],
    reluEarly: (x, w, b) => relu(weighted(x, w)) + b,
    mean: (x, w, b) => relu(weighted(x, w) / x.length + b),
    // The result of `reduce` without an initial value.
    noStart: (x, w, b) => relu(itemAt(x, 0) + weighted(x.slice(1), w.slice(1)) + b),
    sigmoid: (x, w, b) => 1 / (1 + Math.exp(-weighted(x, w) - b)),
  },
  ...number,
});
