import type { Nested } from '../../input/given';
import { computing, integer, list } from '../judging/compare';
import { failIf } from '../judging/exercise';
import { en } from './text.en';
import { zh } from './text.zh';

const vector = (length: number, valueAt: (index: number) => number) =>
  Array.from({ length }, (_, index) => valueAt(index));

export const oneHot = computing<[label: number, classes: number], Nested, typeof en>({
  texts: { en, zh },
  draw: () => [
    [7, 10],
    [0, 4],
    [3, 4],
    [2, 12],
    [integer(1, 10), integer(11, 15)],
  ],
  right: (label, classes) => vector(classes, index => Number(index === label)),
  wrong: {
    tooEarly: (label, classes) => vector(classes, index => Number(index === label - 1)),
    tooLate: (label, classes) => vector(classes, index => Number(index === label + 1)),
    always10: label => vector(10, index => Number(index === label)),
    oneMore: (label, classes) => vector(classes + 1, index => Number(index === label)),
    cutOff: label => vector(label + 1, index => Number(index === label)),
    labelItself: (label, classes) => vector(classes, index => (index === label ? label : 0)),
    exchanged: (label, classes) => vector(classes, index => Number(index !== label)),
    allBefore: (label, classes) => vector(classes, index => Number(index <= label)),
    noOne: (_, classes) => vector(classes, () => 0),
  },
  ...list,
  also: (ops, { other }) => failIf(ops.has('oneHot'), other.byTf),
});
