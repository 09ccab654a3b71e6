import type { Nested } from '../../input/given';
import { computing, integer, list } from '../judging/compare';
import { failIf } from '../judging/exercise';
import { en } from './text.en';
import { zh } from './text.zh';

const vector = (length: number, at: (place: number) => number) =>
  Array.from({ length }, (_, place) => at(place));

export const oneHot = computing<[label: number, classes: number], Nested, typeof en>({
  texts: { en, zh },
  draw: () => [
    [7, 10],
    [0, 4],
    [3, 4],
    [2, 12],
    [integer(1, 10), integer(11, 15)],
  ],
  right: (label, classes) => vector(classes, place => Number(place === label)),
  wrong: {
    tooEarly: (label, classes) => vector(classes, place => Number(place === label - 1)),
    tooLate: (label, classes) => vector(classes, place => Number(place === label + 1)),
    always10: label => vector(10, place => Number(place === label)),
    oneMore: (label, classes) => vector(classes + 1, place => Number(place === label)),
    cutOff: label => vector(label + 1, place => Number(place === label)),
    labelItself: (label, classes) => vector(classes, place => (place === label ? label : 0)),
    exchanged: (label, classes) => vector(classes, place => Number(place !== label)),
    allBefore: (label, classes) => vector(classes, place => Number(place <= label)),
    noOne: (_, classes) => vector(classes, () => 0),
  },
  ...list,
  also: ({ called }, { other }) => failIf(called.has('oneHot'), other.byTf),
});
