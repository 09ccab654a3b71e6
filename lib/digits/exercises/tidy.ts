/** Preprocessing: what a function leaves in the memory. */
import * as tf from '@tensorflow/tfjs';
import { itemAt } from '../item-at';
import { compare, list } from './compare';
import { integer, numbers } from './drawn';
import { type Exercise, refute } from './exercise';
import { type Nested, shown, theFunction, theTensor } from './values';

type Given = number[] | number[][];

const flat = (values: Given) => values.flat() as number[];
const mean = (values: Given) => flat(values).reduce((a, b) => a + b) / flat(values).length;
const largest = (values: Given) => Math.max(...flat(values));
const each = (values: Given, change: (value: number) => number): Given =>
  values.map(item => (typeof item === 'number' ? change(item) : item.map(change))) as Given;
const less = (values: Given, by: number) => each(values, value => value - by);
const over = (values: Given, by: number) => each(values, value => value / by);
const centred = (values: Given) => less(values, mean(values));

export const tidy: Exercise = {
  id: '4.3',
  async verify(answer) {
    const call = theFunction(answer);
    const left: number[] = [];
    const measured = async (values: Given) => {
      const x = tf.tensor(values);
      const before = tf.memory().numTensors;
      const y = theTensor(await call(x));
      refute(y === x, {
        zh: '您返回了 x 本身，没有计算。',
        en: 'You return x itself, without any computing.',
      });
      refute(x.isDisposed, {
        zh: '您把 x 也释放了，可是调用这个函数的人还要用它。只释放函数自己做出的张量。',
        en: 'You freed x as well, but whoever calls the function still needs it. Free only what the function itself made.',
      });
      left.push(tf.memory().numTensors - before - 1);
      refute(String(y.shape) !== String(x.shape), {
        zh: `结果的形状应当是 [${x.shape}]，现在是 [${y.shape.join(', ')}]。`,
        en: `The shape of the result should be [${x.shape}]; it is [${y.shape.join(', ')}].`,
      });
      const result = y.arraySync();
      tf.dispose([x, y]);
      return result;
    };
    await compare<[values: Given], Nested>(measured, {
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
      named: values => ({ zh: `x = ${shown(values)}`, en: `x = ${shown(values)}` }),
      right: values => over(centred(values), largest(values)),
      wrong: [
        {
          of: values => over(centred(values), largest(centred(values))),
          zh: '要除以 x 的最大值，您除以的是减去平均值以后的最大值。',
          en: 'Divide by the largest number of x; you divide by the largest after the mean was subtracted.',
        },
        {
          of: centred,
          zh: '少了一步：还要除以 x 的最大值。',
          en: 'A step is missing: divide by the largest number of x.',
        },
        {
          of: values => over(values, largest(values)),
          zh: '少了一步：要先减去 x 的平均值。',
          en: 'A step is missing: subtract the mean of x first.',
        },
        {
          of: values => over(less(values, largest(values)), mean(values)),
          zh: '平均值和最大值用反了。',
          en: 'The mean and the largest number are exchanged.',
        },
        {
          of: values => less(values, mean(values) / largest(values)),
          zh: '应当先减后除，您先除了。',
          en: 'Subtract first, then divide; you divide first.',
        },
      ],
      ...list,
    });
    const kept = itemAt(
      left.sort((a, b) => b - a),
      0,
    );
    refute(kept > 0, {
      zh: `结果对了，但一次调用留下了 ${kept} 个没有释放的中间张量。`,
      en: `The result is right, but a call leaves ${kept} tensor${kept > 1 ? 's' : ''} behind that nobody frees.`,
    });
    return {
      zh: '只留下了返回的张量。在训练循环里，每步漏掉几个张量，内存很快就会占满。',
      en: 'Only the result is left. In a training loop, a few tensors left behind at each step soon fill the memory.',
    };
  },
  hints: [
    {
      zh: 'x.mean()、x.sub(…)、x.max() 各做出一个张量，tf.tidy 在结束时释放它们。',
      en: 'x.mean(), x.sub(…) and x.max() each make a tensor; tf.tidy frees them when it ends.',
    },
    {
      zh: '把整个算式放进 tf.tidy(() => …)，并返回 tf.tidy 的结果。',
      en: 'Put the whole expression into tf.tidy(() => …), and return what tf.tidy returns.',
    },
  ],
};
