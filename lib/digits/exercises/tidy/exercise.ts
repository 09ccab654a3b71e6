import * as tf from '@tensorflow/tfjs';
import type { Nested } from '../../input/given';
import { compare, integer, list, numbers, type Question } from '../judging/compare';
import { type Exercise, failIf, parseTensor } from '../judging/exercise';
import { parseFunction } from '../judging/learner-code';
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

const question: Question<[values: Given], Nested, keyof typeof en.wrong> = {
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
};

export const tidy: Exercise<typeof en> = {
  id: '4.3',
  level: 2,
  answer: 'centre',
  texts: { en, zh },
  formulas: question.wrong,
  async verify(answer, text) {
    const { other } = text;
    const call = parseFunction(answer);
    let kept = 0;
    const measured = async (values: Given) => {
      const x = tf.tensor(values);
      const before = tf.memory().numTensors;
      const y = parseTensor(await call(x));
      failIf(y === x, other.itself);
      failIf(x.isDisposed, other.inputFreed);
      kept = Math.max(kept, tf.memory().numTensors - before - 1);
      const [expected, shape] = [x.shape.join(', '), y.shape.join(', ')];
      failIf(shape !== expected, other.shape(expected, shape));
      const result = y.arraySync();
      tf.dispose([x, y]);
      return result;
    };
    await compare(measured, question, text);
    failIf(kept > 0, other.kept(kept));
    return text.reward;
  },
};
