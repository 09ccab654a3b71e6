import mnist from 'mnist-data-loader';
import { classCounts as figure } from '../../figures/class-counts';
import { grouped } from '../../format';
import { itemAt } from '../../item-at';
import {
  close,
  failIf,
  formatValue,
  parseFields,
  parseNumber,
  parseNumbers,
  requireAnswer,
  type Task,
  WrongAnswer,
} from '../judging/exercise';
import { en } from './text.en';
import { zh } from './text.zh';

type Labels = Uint8Array;
type Text = typeof en;

function countsOf(labels: Labels): number[] {
  const counts = new Array<number>(10).fill(0);
  for (const label of labels) counts[label] = itemAt(counts, label) + 1;
  return counts;
}

const ordered = (values: readonly number[]) => String(values.slice().sort((a, b) => a - b));

const FORMULAS: Record<keyof typeof en.wrong, (train: Labels, test: Labels) => number[]> = {
  testSet: (_, test) => countsOf(test),
  bothSets: (train, test) => countsOf(train).map((count, i) => count + itemAt(countsOf(test), i)),
  equal: () => new Array(10).fill(6000),
  labelsAdded: train => countsOf(train).map((count, digit) => count * digit),
  withoutValidation: train => countsOf(train.slice(0, 48_000)),
};

export const classCounts: Task<Text> = {
  texts: { en, zh },
  formulas: FORMULAS,
  async verify(answer, text) {
    const fields = parseFields(answer, ['counts', 'baseline']);
    const [[, train], [, test]] = await mnist.loadData();
    checkCounts(parseNumbers(fields.counts), train.data, test.data, text);
    checkBaseline(parseNumber(requireAnswer(fields.baseline)), countsOf(train.data), text);
    return text.reward;
  },
  async figure() {
    const [[, train], [, test]] = await mnist.loadData();
    return figure(train, test);
  },
};

function checkCounts(counts: number[], train: Labels, test: Labels, { wrong, other }: Text): void {
  failIf(counts.length !== 10, other.length(grouped(counts.length)));
  failIf(counts.some(Number.isNaN), other.notCounted);
  const right = countsOf(train);
  for (const [name, formula] of Object.entries(FORMULAS)) {
    const same = formula(train, test).every((count, i) => close(count, itemAt(counts, i)));
    failIf(same, wrong[name as keyof typeof wrong]);
  }
  const digit = counts.findIndex((count, i) => count !== right[i]);
  if (digit < 0) return;
  failIf(ordered(counts) === ordered(right), other.places);
  const sum = counts.reduce((a, b) => a + b);
  failIf(sum !== 60_000, other.sum(grouped(sum)));
  throw new WrongAnswer(other.digit(grouped(itemAt(counts, digit)), digit));
}

/** Takes the share of the commonest digit, rounded to two decimals or more. */
function checkBaseline(baseline: number, counts: number[], { other }: Text): void {
  const most = Math.max(...counts);
  const is = (value: number, within = 6e-4) => Math.abs(baseline - value) < within;
  if (is(most / 60_000) || baseline === 0.11) return;
  failIf(is(most), other.baselineCount);
  failIf(is(most / 600, 0.06), other.baselinePercentage);
  failIf(is(0.1), other.baselineGuess);
  throw new WrongAnswer(other.baseline(formatValue(baseline)));
}
