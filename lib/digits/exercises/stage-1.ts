/** Imports: tensors, and how their content comes back to JavaScript. */
import { computing, number } from './compare';
import { integer, numbers } from './drawn';
import { type Exercise, refute } from './exercise';
import { shown, theNumbers, theTensor } from './values';

const grid: Exercise = {
  id: '1.1',
  verify(answer) {
    const { shape } = theTensor(answer);
    const content = theNumbers(Array.from(theTensor(answer).dataSync()));
    refute(String(content) === '2,3', {
      zh: '[2, 3] 成了张量的内容：里面只有 2 和 3 两个数。它应当是张量的形状。',
      en: 'Here [2, 3] is the content: the tensor holds just the numbers 2 and 3. It should be the shape.',
    });
    refute(shape.length === 1, {
      zh: `形状是 [${shape}]，只有一个轴。这里要两个轴：先是行，再是列。`,
      en: `The shape is [${shape}], a single axis. It should have two: rows, then columns.`,
    });
    refute(String(shape) === '3,2', {
      zh: '形状是 [3, 2]，也就是三行两列。形状从外往里写：先写有几行，再写一行有几个数。',
      en: 'The shape is [3, 2], which is three rows of two. A shape is written from the outside in: first how many rows, then how many numbers in a row.',
    });
    refute(String(shape) !== '2,3', {
      zh: `形状应当是 [2, 3]，现在是 [${shape.join(', ')}]。`,
      en: `The shape should be [2, 3]; it is [${shape.join(', ')}].`,
    });
    const sorted = content.slice().sort((a, b) => a - b);
    refute(String(sorted) === '0,1,2,3,4,5', {
      zh: '形状对了，里面却是 0 到 5。这里要的是 1 到 6。',
      en: 'The shape is right, but the numbers are 0 to 5. They should be 1 to 6.',
    });
    refute(String(sorted) !== '1,2,3,4,5,6', {
      zh: `形状对了，里面却是 ${shown(content)}。这里要 1 到 6，每个数一次。`,
      en: `The shape is right, but the numbers are ${shown(content)}. They should be 1 to 6, each of them once.`,
    });
    return {
      zh: '两行，每行三个数。以后见到 [60000, 28, 28]，也这样读：60\u202f000 张图，每张 28 行，每行 28 个像素。',
      en: 'Two rows of three numbers. Read [60000, 28, 28] in the same way: 60,000 pictures, each with 28 rows of 28 pixels.',
    };
  },
  hints: [
    {
      zh: 'tf.tensor2d 接受数组的数组，外层的每一项是一行。',
      en: 'tf.tensor2d takes an array of arrays; each item of the outer array is a row.',
    },
    {
      zh: 'tf.tensor2d([[1, 2, 3], …])，补上第二行。',
      en: 'tf.tensor2d([[1, 2, 3], …]): add the second row.',
    },
  ],
};

const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

const total = (values: readonly number[]) => values.reduce((a, b) => a + b);
const average = (values: readonly number[]) => total(values) / values.length;
const ordered = (values: readonly number[]) => values.slice().sort((a, b) => a - b);

const mean = computing<[values: number[]], number>({
  id: '1.2',
  cases: [[[4, 9, -1]], [[0.5, -7.25, 1.5, 12]], [[2.5]]],
  draw: () => [[numbers(integer(4, 6), -9, 9)]],
  named: values => ({ zh: shown(values), en: shown(values) }),
  right: average,
  wrong: [
    {
      of: total,
      zh: '这是总和，还要除以个数。',
      en: 'That is the sum; divide it by how many numbers there are.',
    },
    {
      of: values => total(values) / (values.length - 1),
      zh: '总和除以了“个数减 1”，应当除以个数。',
      en: 'You divide by one less than the number of values.',
    },
    { of: values => Math.max(...values), zh: '这是最大的数。', en: 'That is the largest of them.' },
    {
      of: values => Math.min(...values),
      zh: '这是最小的数。',
      en: 'That is the smallest of them.',
    },
    { of: values => values[0], zh: '这只是第一个数。', en: 'That is just the first of them.' },
    {
      of: values => ordered(values)[Math.floor(values.length / 2)],
      zh: '这是排序后中间的数，即中位数，不是平均值。',
      en: 'That is the middle one in order of size, the median, not the mean.',
    },
    {
      of: values => (Math.max(...values) + Math.min(...values)) / 2,
      zh: '只平均了最大和最小的两个数，其余的也要算进去。',
      en: 'That is the mean of the largest and the smallest; the others count too.',
    },
    {
      of: values => average(values.map(Math.trunc)),
      zh: '小数部分丢了：int32 张量只存整数。',
      en: 'The decimals are lost: an int32 tensor holds whole numbers only.',
    },
    {
      of: values => Math.round(average(values)),
      zh: '结果不必取整。',
      en: 'Do not round the result.',
    },
  ],
  ...number,
  also({ operations, result }) {
    const sums = operations.filter(({ size, shapes }) => size < sizeOf(shapes[0] ?? []));
    const summed = (count: number) => sums.some(({ shapes }) => sizeOf(shapes[0] ?? []) === count);
    refute(!result.every(([{ length }]) => length === 1 || summed(length)), {
      zh: '数是对的，但不是 tf 算出来的。这道题练的是：让 tf 在设备上算，再把结果读回来。',
      en: 'The number is right, but tf did not compute it. The point here is to let tf compute on the device, and to read the result back.',
    });
  },
  praise: {
    zh: '张量在设备上计算，dataSync() 或 arraySync() 把结果读回 JavaScript。',
    en: 'Tensors are computed on the device; dataSync() or arraySync() brings the result back to JavaScript.',
  },
  hints: [
    {
      zh: '先用 tf.tensor1d 做成张量，再调用它的 mean()。结果仍是张量，要读回来。',
      en: 'tf.tensor1d makes a tensor, and a tensor has a method mean(). The result is still a tensor: read it back.',
    },
    {
      zh: '在 return tf.tensor1d(values).mean() 后面，接上 .dataSync()[0]。',
      en: 'After return tf.tensor1d(values).mean(), add .dataSync()[0].',
    },
  ],
});

export const stage1 = [grid, mean];
