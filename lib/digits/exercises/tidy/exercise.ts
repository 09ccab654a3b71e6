import * as tf from '@tensorflow/tfjs';
import type { Nested } from '../../input/given';
import { computing, integer, list, numbers } from '../judging/compare';
import { failIf, parseTensor } from '../judging/exercise';
import { en } from './text.en';
import { zh } from './text.zh';

type Given = number[] | number[][];

const flat = (values: Given) => values.flat() as number[];
const mean = (values: Given) => flat(values).reduce((a, b) => a + b) / flat(values).length;
const largest = (values: Given) => Math.max(...flat(values));
const each = (values: Given, change: (value: number) => number): Given =>
  values.map(item => (typeof item === 'number' ? change(item) : item.map(change))) as Given;
const less = (values: Given, by: number) => each(values, value => value - by);
const over = (values: Given, by: number) => each(values, value => value / by);
const centred = (values: Given) => less(values, mean(values));

export const tidy = computing<[values: Given], Nested, typeof en>({
  texts: { en, zh },
  cases: [
    [[3, 1, 4]],
    [[-2, -5, -0.5, -8]],
    [
      [
        [1, 2, 6],
        [-4, 3, 5],
      ],
    ],
  ],
  draw: () => [[numbers(integer(4, 6), 1, 9)]],
  right: values => over(centred(values), largest(values)),
  wrong: {
    largestAfter: values => over(centred(values), largest(centred(values))),
    notDivided: centred,
    noMean: values => over(values, largest(values)),
    exchanged: values => over(less(values, largest(values)), mean(values)),
    dividedFirst: values => less(values, mean(values) / largest(values)),
  },
  ...list,
  give: values => [tf.tensor(values)],
  read(result, { other }, [x]: [tf.Tensor]) {
    const y = parseTensor(result);
    failIf(y === x, other.itself);
    failIf(x.isDisposed, other.inputFreed);
    const [expected, shape] = [x.shape.join(', '), y.shape.join(', ')];
    failIf(shape !== expected, other.shape(expected, shape));
    const values = y.arraySync();
    y.dispose();
    return values;
  },
  also: ({ kept, result: calls }, { other }) =>
    failIf(kept > 0, other.kept(Math.ceil(kept / calls.length))),
});
