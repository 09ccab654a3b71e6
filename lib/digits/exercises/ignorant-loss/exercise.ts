import { computing, integer, number } from '../judging/compare';
import { en } from './text.en';
import { zh } from './text.zh';

export const ignorantLoss = computing<[classes: number], number, typeof en>({
  texts: { en, zh },
  // Ten comes late, because messages show the first wrong result, which must not be copied from the lesson.
  draw: () => [[2], [50], [1000], [10], [integer(11, 1000)]],
  right: Math.log,
  wrong: {
    probability: classes => 1 / classes,
    sign: classes => -Math.log(classes),
    wrongGuess: classes => 1 - 1 / classes,
    base: [Math.log10, Math.log2],
    allClasses: classes => classes * Math.log(classes),
    averaged: classes => Math.log(classes) / classes,
    always10: [() => Math.log(10), () => 2.3],
  },
  ...number,
});
