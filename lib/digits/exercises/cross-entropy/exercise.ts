import { itemAt } from '../../item-at';
import { computing, integer, probabilities, sum } from '../judging/compare';
import { parseNumber } from '../judging/parse';
import { en } from './text.en';
import { zh } from './text.zh';

export const crossEntropy = computing<[p: number[], label: number], number, typeof en>({
  texts: { en, zh },
  draw: () => [
    [[0.1, 0.7, 0.2], 1],
    [[0.6, 0.3, 0.1], 2],
    [[0.3, 0.2, 0.45, 0.05], 0],
    [[1 - 2e-5, 2e-5], 1],
    [probabilities(10), integer(0, 9)],
  ],
  right: (p, label) => -Math.log(itemAt(p, label)),
  wrong: {
    sign: (p, label) => Math.log(itemAt(p, label)),
    base: [(p, label) => -Math.log10(itemAt(p, label)), (p, label) => -Math.log2(itemAt(p, label))],
    largest: p => -Math.log(Math.max(...p)),
    otherClasses: (p, label) => 1 - itemAt(p, label),
    noLogarithm: (p, label) => itemAt(p, label),
    ofTheOthers: (p, label) => -Math.log(1 - itemAt(p, label)),
    allClasses: p => -sum(p.map(Math.log)),
    entropy: p => -sum(p.map(value => value * Math.log(value))),
  },
  read: parseNumber,
  // A small number added to p, to avoid the logarithm of 0, is accepted.
  same: (a, b) => Math.abs(a - b) < 1e-3 * Math.max(0.1, Math.abs(b)),
});
