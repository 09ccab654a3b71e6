/** Preprocessing: the range of the pixels, one-hot labels, and memory. */
import * as tf from '@tensorflow/tfjs';
import { NdArray } from 'mnist-data-loader';
import { type Exercise, Mistake, refute } from './exercise';
import { allClose, close, shown, theFunction, theNumbers, theTensor } from './values';

/** Two pictures whose pixels take every value from 0 to 255. */
const pictures = () => {
  const pixels = Uint8Array.from({ length: 2 * 784 }, (_, i) => i % 256);
  return new NdArray('uint8', [2, 28, 28] as const, pixels);
};

const otherRange: Exercise = {
  id: '4.1',
  async verify(answer) {
    const x = theTensor(await theFunction(answer)(pictures()));
    const values = theNumbers(x);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const range = {
      zh: `范围是 ${shown(low)} 到 ${shown(high)}`,
      en: `The range is ${shown(low)} to ${shown(high)}`,
    };
    refute(close(low, 0) && close(high, 1), {
      zh: `${range.zh}，与课程中一样。这里要的是 -1 到 1：长度是 2，不是 1。`,
      en: `${range.en}, as in the lesson. Here -1 to 1 is wanted: a length of 2, not of 1.`,
    });
    refute(close(low, -1) && close(high, 0), {
      zh: `${range.zh}：起点对了，长度只有 1。0 到 255 要变成长度为 2 的范围。`,
      en: `${range.en}: it begins right, but its length is 1. 0 to 255 should become a range of length 2.`,
    });
    refute(close(low, -1) && Math.abs(high - 1) > 1e-4 && Math.abs(high - 1) < 0.01, {
      zh: `${range.zh}，差一点点：像素一共 256 个值，最大的却是 255。除数是 255 的一半。`,
      en: `${range.en}, not quite: pixels have 256 values, but the largest is 255. Divide by half of 255.`,
    });
    refute(!close(low, -1) || !close(high, 1), {
      zh: `${range.zh}，要的是 -1 到 1。`,
      en: `${range.en}; -1 to 1 is wanted.`,
    });
    refute(String(x.shape) !== '2,28,28', {
      zh: `形状变成了 [${x.shape}]。缩放不改变形状，展平是 Flatten 的事。`,
      en: `The shape became [${x.shape}]. Scaling keeps the shape; laying it flat is for Flatten.`,
    });
    refute(
      !allClose(
        values,
        Array.from(pictures().data, pixel => pixel / 127.5 - 1),
      ),
      {
        zh: '两端对了，中间的灰度却没有均匀地变过来：不要取整，也不要换位置。',
        en: 'The ends are right, but the greys between are not spread evenly: do not round, and keep their places.',
      },
    );
    return {
      zh: '-1 是黑，1 是白。0～1 和 -1～1 都常用，要紧的是训练和使用时用同一种。',
      en: '-1 is black, 1 is white. Both ranges are common; what matters is that training and use take the same.',
    };
  },
  hints: [
    {
      zh: '先除，让长度变成 2；再减，让起点变成 -1。',
      en: 'Divide first, so that the length is 2; then subtract, so that it begins at -1.',
    },
    {
      zh: "tf.tensor3d(images.data, images.shape, 'float32').div(127.5)，还要减去 1。",
      en: "tf.tensor3d(images.data, images.shape, 'float32').div(127.5), and 1 is still to be subtracted.",
    },
  ],
};

const oneHot: Exercise = {
  id: '4.2',
  async verify(answer) {
    const call = theFunction(answer);
    for (const [label, classes] of [
      [3, 10],
      [1, 3],
      [0, 4],
      [9, 10],
    ] as const) {
      const got = theNumbers(await call(label, classes));
      const expected = Array.from({ length: classes }, (_, i) => (i === label ? 1 : 0));
      if (allClose(got, expected)) continue;
      const of = {
        zh: `标签 ${label}，共 ${classes} 类`,
        en: `Label ${label} of ${classes} classes`,
      };
      refute(got.length !== classes, {
        zh: `${of.zh}：向量应当有 ${classes} 个数，您给了 ${got.length} 个。`,
        en: `${of.en}: the vector should have ${classes} numbers; yours has ${got.length}.`,
      });
      refute(!got.includes(1), {
        zh: `${of.zh}：${shown(got)} 里没有 1，看不出是哪一类。`,
        en: `${of.en}: there is no 1 in ${shown(got)} to tell the class.`,
      });
      refute(got.indexOf(1) !== label, {
        zh: `${of.zh}：1 应当在位置 ${label}，您放在位置 ${got.indexOf(1)}。位置从 0 数起。`,
        en: `${of.en}: the 1 belongs in place ${label}; yours is in place ${got.indexOf(1)}. Places count from 0.`,
      });
      throw new Mistake({
        zh: `${of.zh}：除了一个 1，其余都应当是 0，您得到 ${shown(got)}。`,
        en: `${of.en}: all but the single 1 should be 0; yours is ${shown(got)}.`,
      });
    }
    return {
      zh: '一个 1，其余都是 0。它说的和标签一样多，只是写得更长：所以稀疏交叉熵可以直接用标签。',
      en: 'A single 1 among zeros. It says no more than the label, at greater length: sparse cross-entropy takes the label as it is.',
    };
  },
  hints: [
    {
      zh: '先做一个长度为 classes、全是 0 的数组，再在 label 的位置写 1。',
      en: 'Begin with an array of length classes, all 0; write a 1 in the place of the label.',
    },
    {
      zh: '先写 const v = new Array(classes).fill(0)，再写 v[label] = …，最后 return v。',
      en: 'First const v = new Array(classes).fill(0), then v[label] = …, and at last return v.',
    },
  ],
};

const tidy: Exercise = {
  id: '4.3',
  async verify(answer) {
    const call = theFunction(answer);
    const values = [1, 2, 6];
    const x = tf.tensor1d(values);
    const before = tf.memory().numTensors;
    const y = theTensor(await call(x));
    const left = tf.memory().numTensors - before - 1;
    refute(x.isDisposed, {
      zh: '您把输入 x 也释放了，调用的人还要用它。只释放函数里自己做出来的张量。',
      en: 'You freed the input x too, which the caller still needs. Free only what the function itself made.',
    });
    refute(
      !allClose(
        theNumbers(y),
        values.map(value => (value - 3) / 6),
      ),
      {
        zh: `[1, 2, 6] 应当得到 [-0.3333, -0.1667, 0.5]，现在是 ${shown(theNumbers(y))}。`,
        en: `[1, 2, 6] should give [-0.3333, -0.1667, 0.5]; it gives ${shown(theNumbers(y))}.`,
      },
    );
    x.dispose();
    refute(left > 0, {
      zh: `结果对了，但每次调用留下 ${left} 个没有释放的中间张量。`,
      en: `The result is right, but each call leaves ${left} tensor${left > 1 ? 's' : ''} behind that nothing frees.`,
    });
    return {
      zh: '只留下返回值。在训练循环里，每步漏掉几个张量，很快就会占满内存。',
      en: 'Only the result is left. In a training loop, a few tensors leaked each step soon fill the memory.',
    };
  },
  hints: [
    {
      zh: 'x.mean()、x.sub(…)、x.max() 各做出一个张量，tf.tidy 能在结束时释放它们。',
      en: 'x.mean(), x.sub(…) and x.max() each make a tensor; tf.tidy frees them at its end.',
    },
    {
      zh: '把整个算式放进 tf.tidy(() => …)，并返回 tidy 的结果。',
      en: 'Put the whole expression into tf.tidy(() => …) and return what tidy returns.',
    },
  ],
};

export const stage4 = [otherRange, oneHot, tidy];
