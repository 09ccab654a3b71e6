import mnist from 'mnist-data-loader';
import { classCounts as countsFigure, countsOf } from '../../figures/class-counts';
import { grouped } from '../../format';
import { itemAt } from '../../item-at';
import { close, sum } from '../judging/compare';
import { fail, failIf, task } from '../judging/exercise';
import { formatValue } from '../judging/format';
import { parseArray, parseFields, parseNumber } from '../judging/parse';
import { en } from './text.en';
import { zh } from './text.zh';

type Labels = Uint8Array;

const formulas = {
  testSet: (_, test) => countsOf(test),
  bothSets: (train, test) => countsOf(train).map((count, i) => count + itemAt(countsOf(test), i)),
  equal: () => new Array(10).fill(6000),
  labelsAdded: train => countsOf(train).map((count, digit) => count * digit),
  withoutValidation: train => countsOf(train.slice(0, 48_000)),
} satisfies Record<keyof typeof en.wrong, (train: Labels, test: Labels) => number[]>;

export const classCounts = task(
  { en, zh, formulas, figure },
  async (answer, { wrong, other, reward }) => {
    const fields = parseFields(answer, ['counts', 'baseline']);
    const counts = parseArray(fields.counts).flat(9) as number[];
    failIf(counts.length !== 10, other.length(grouped(counts.length)));
    failIf(counts.some(Number.isNaN), other.notCounted);
    const [[, train], [, test]] = await mnist.loadData();
    for (const [name, formula] of Object.entries(formulas)) {
      const mistaken = formula(train.data, test.data);
      const isMistake = counts.every((count, i) => close(count, itemAt(mistaken, i)));
      failIf(isMistake, wrong[name as keyof typeof wrong]);
    }
    const right = countsOf(train.data);
    const digit = counts.findIndex((count, i) => count !== right[i]);
    if (digit >= 0) {
      failIf(sum(counts) !== 60_000, other.sum(grouped(sum(counts))));
      fail(other.digit(grouped(itemAt(counts, digit)), digit));
    }
    const [baseline, largest] = [parseNumber(fields.baseline), Math.max(...right)];
    const is = (value: number, tolerance = 6e-4) => Math.abs(baseline - value) < tolerance;
    // Accept two decimals or more.
    if (is(largest / 60_000) || baseline === 0.11) return reward;
    failIf(is(largest), other.baselineCount);
    failIf(is(largest / 600, 0.06), other.baselinePercentage);
    failIf(is(0.1), other.baselineGuess);
    return fail(other.baseline(formatValue(baseline)));
  },
);

async function figure() {
  const [[, train], [, test]] = await mnist.loadData();
  return countsFigure(train, test);
}
