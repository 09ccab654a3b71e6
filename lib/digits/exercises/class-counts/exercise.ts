import mnist from 'mnist-data-loader';
import { grouped } from '../../format';
import { itemAt } from '../../item-at';
import { close, failIf, parseNumbers, type Task, WrongAnswer } from '../judging/exercise';
import { en } from './text.en';
import { zh } from './text.zh';

type Labels = Uint8Array;

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
  shares: train => countsOf(train).map(count => count / 60_000),
  percentages: train => countsOf(train).map(count => count / 600),
  withoutValidation: train => countsOf(train.slice(0, 48_000)),
};

export const classCounts: Task<typeof en> = {
  texts: { en, zh },
  formulas: FORMULAS,
  async verify(answer, { wrong, other, reward }) {
    const counts = parseNumbers(answer);
    failIf(counts.length !== 10, other.length(grouped(counts.length)));
    const [[, train], [, test]] = await mnist.loadData();
    const right = countsOf(train.data);
    for (const [name, formula] of Object.entries(FORMULAS)) {
      const same = formula(train.data, test.data).every((count, i) =>
        close(count, itemAt(counts, i)),
      );
      failIf(same, wrong[name as keyof typeof wrong]);
    }
    const digit = counts.findIndex((count, i) => count !== right[i]);
    if (digit < 0) return reward;
    failIf(ordered(counts) === ordered(right), other.places);
    const sum = counts.reduce((a, b) => a + b);
    failIf(sum !== 60_000, other.sum(grouped(sum)));
    throw new WrongAnswer(other.digit(grouped(itemAt(counts, digit)), digit));
  },
};
