/** Imports: tensors, and how their content comes back to JavaScript. */
import { type Exercise, Mistake, refute } from './exercise';
import { close, shown, theFunction, theNumber, theNumbers, theTensor } from './values';

const grid: Exercise = {
  id: '1.1',
  verify(answer) {
    const { shape } = theTensor(answer);
    refute(shape.length === 1, {
      zh: `形状是 [${shape}]，只有一个轴。要两个轴：先是行，再是列。`,
      en: `The shape is [${shape}], a single axis. Two are wanted: rows, then columns.`,
    });
    refute(String(shape) === '3,2', {
      zh: '形状是 [3, 2]，三行两列。形状从外往里写：先写有几行，再写一行有几个数。',
      en: 'The shape is [3, 2], three rows of two. A shape is written from the outside in: first how many rows, then how many numbers in a row.',
    });
    refute(String(shape) !== '2,3', {
      zh: `形状是 [${shape}]，要的是 [2, 3]。`,
      en: `The shape is [${shape}]; [2, 3] is wanted.`,
    });
    const numbers = theNumbers(answer).sort((a, b) => a - b);
    refute(String(numbers) !== '1,2,3,4,5,6', {
      zh: `形状对了，里面的数却是 ${shown(numbers)}，要的是 1 到 6。`,
      en: `The shape is right, but the numbers are ${shown(numbers)}; 1 to 6 are wanted.`,
    });
    return {
      zh: '两行，每行三个数。以后的 [60000, 28, 28] 也这样读：60 000 张图，每张 28 行，每行 28 个像素。',
      en: 'Two rows of three. [60000, 28, 28] is read the same way: 60,000 pictures of 28 rows of 28 pixels.',
    };
  },
  hints: [
    {
      zh: 'tf.tensor2d 接受数组的数组，外层的每一项是一行。',
      en: 'tf.tensor2d takes an array of arrays; each item of the outer one is a row.',
    },
    {
      zh: 'tf.tensor2d([[1, 2, 3], …])，补上第二行。',
      en: 'tf.tensor2d([[1, 2, 3], …]): add the second row.',
    },
  ],
};

const mean: Exercise = {
  id: '1.2',
  async verify(answer) {
    const call = theFunction(answer);
    for (const values of [[2, 4, 9], [0.5], [-1, 1, 3, 5]]) {
      const got = theNumber(await call(values));
      const sum = values.reduce((a, b) => a + b);
      if (close(got, sum / values.length)) continue;
      refute(close(got, sum), {
        zh: `${shown(values)} 得到 ${shown(got)}：这是总和，还要除以个数。`,
        en: `${shown(values)} gave ${shown(got)}: that is the sum, not yet divided by how many there are.`,
      });
      throw new Mistake({
        zh: `${shown(values)} 的平均值是 ${shown(sum / values.length)}，您得到 ${shown(got)}。`,
        en: `The mean of ${shown(values)} is ${shown(sum / values.length)}; yours is ${shown(got)}.`,
      });
    }
    return {
      zh: '张量的计算在设备上进行，dataSync() 或 arraySync() 把结果读回 JavaScript。',
      en: 'Tensors are computed on the device; dataSync() or arraySync() reads the result back to JavaScript.',
    };
  },
  hints: [
    {
      zh: '先用 tf.tensor1d 做成张量，张量有 mean() 方法。它的结果仍是张量，要读回来。',
      en: 'tf.tensor1d makes a tensor, which has a method mean(). What it gives is a tensor again, to be read back.',
    },
    {
      zh: 'return tf.tensor1d(values).mean() 的后面，再接上 .dataSync()[0]。',
      en: 'After return tf.tensor1d(values).mean(), add .dataSync()[0].',
    },
  ],
};

export const stage1 = [grid, mean];
