import type { Nested } from '../../input/given';
import { computing, integer, list, numbers, sum } from '../judging/compare';
import { failIf } from '../judging/exercise';
import { en } from './text.en';
import { zh } from './text.zh';

type Numbers = readonly number[];

const over = (values: Numbers, by: number) => values.map(value => value / by);
const shares = (values: Numbers) => over(values, sum(values));
const powers = (values: Numbers) => values.map(Math.exp);
const less = (values: Numbers, by: number) => values.map(value => value - by);
const largest = (values: Numbers) => Math.max(...values);

export const softmax = computing<[logits: number[]], Nested, typeof en>({
  texts: { en, zh },
  draw: () => [
    [[-1.5, 0.5, 2]],
    [[0.3, -2, 1.1, 0, 2.9, -0.4, 1.7, 0.8, -1.2, 3]],
    [[0.4]],
    [[1001, 1003, -4]],
    [[0, 2000]],
    [[9, 1000, 3]],
    [[-1000, -1003]],
    [numbers(integer(4, 6), -3, 3)],
    [[integer(-9, 9), integer(900, 1100)]],
  ],
  right: logits => shares(powers(less(logits, largest(logits)))),
  wrong: {
    cutOff: logits => shares(powers(logits.map(z => Math.min(z, 700)))),
    notShared: [logits => powers(less(logits, largest(logits))), powers],
    byLargest: [z => over(powers(z), largest(powers(z))), z => over(z, largest(z))],
    withoutPowers: shares,
    shifted: logits => shares(less(logits, Math.min(...logits))),
    sigmoid: logits => logits.map(z => 1 / (1 + Math.exp(-z))),
    largestAlone: logits => logits.map(z => Number(z === largest(logits))),
  },
  ...list,
  also: (ops, { other }) => failIf(ops.has('softmax') || ops.has('logSoftmax'), other.byTf),
});
