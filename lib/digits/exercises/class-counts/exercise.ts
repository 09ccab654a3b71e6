import mnist from 'mnist-data-loader';
import { countsOf, classCounts as figure } from '../../figures/class-counts';
import { grouped } from '../../format';
import { itemAt } from '../../item-at';
import { sum } from '../judging/compare';
import {
  close,
  failIf,
  formatValue,
  parseArray,
  parseFields,
  parseNumber,
  type Task,
  WrongAnswer,
} from '../judging/exercise';
import { en } from './text.en';
import { zh } from './text.zh';

type Labels = Uint8Array;

const FORMULAS = {
  testSet: (_, test) => countsOf(test),
  bothSets: (train, test) => countsOf(train).map((count, i) => count + itemAt(countsOf(test), i)),
  equal: () => new Array(10).fill(6000),
  labelsAdded: train => countsOf(train).map((count, digit) => count * digit),
  withoutValidation: train => countsOf(train.slice(0, 48_000)),
} satisfies Record<keyof typeof en.wrong, (train: Labels, test: Labels) => number[]>;

export const classCounts: Task<typeof en> = {
  texts: { en, zh },
  formulas: FORMULAS,
  async verify(answer, { wrong, other, reward }) {
    const fields = parseFields(answer, ['counts', 'baseline']);
    const counts = parseArray(fields.counts).flat(9) as number[];
    failIf(counts.length !== 10, other.length(grouped(counts.length)));
    failIf(counts.some(Number.isNaN), other.notCounted);
    const [[, train], [, test]] = await mnist.loadData();
    for (const [name, formula] of Object.entries(FORMULAS)) {
      const taken = formula(train.data, test.data);
      const isTaken = counts.every((count, i) => close(count, itemAt(taken, i)));
      failIf(isTaken, wrong[name as keyof typeof wrong]);
    }
    const right = countsOf(train.data);
    const digit = counts.findIndex((count, i) => count !== right[i]);
    if (digit >= 0) {
      failIf(sum(counts) !== 60_000, other.sum(grouped(sum(counts))));
      throw new WrongAnswer(other.digit(grouped(itemAt(counts, digit)), digit));
    }
    const [baseline, most] = [parseNumber(fields.baseline), Math.max(...right)];
    const is = (value: number, within = 6e-4) => Math.abs(baseline - value) < within;
    // Rounded to two decimals or more.
    if (is(most / 60_000) || baseline === 0.11) return reward;
    failIf(is(most), other.baselineCount);
    failIf(is(most / 600, 0.06), other.baselinePercentage);
    failIf(is(0.1), other.baselineGuess);
    throw new WrongAnswer(other.baseline(formatValue(baseline)));
  },
  async figure() {
    const [[, train], [, test]] = await mnist.loadData();
    return figure(train, test);
  },
};
