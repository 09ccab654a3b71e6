import { en } from './text.en';

export const zh: typeof en = {
  title: '不留下张量',
  task: [
    '内存（或显存）用多少取多少，可是 TensorFlow.js 不会自己收回：每次运算都产生一个张量，不释放就一直占着。`tf.tidy(() => …)` 运行一个函数，并释放函数里产生的所有张量，返回的那个除外；`x.dispose()` 只释放一个。',
    '写一个函数，算出“一张图里最亮的像素，平均有多亮”，返回一个数：先求 `x`（形状 `[n, 28, 28]`）里每张图的最大像素，再对整批取平均。`x.max([1, 2])` 沿两个轴取最大值，`a.mean()` 取平均，`a.dataSync()[0]` 读出一个数。函数运行前后，张量应当一样多（看 `tf.memory().numTensors`），而且 `x` 还要在。',
  ],
  starter: en.starter,
  hints: [
    '先把数算对，再看每调用一次多出几个张量：前后各 console.log(tf.memory().numTensors)。max 和 mean 各产生一个。',
    'return tf.tidy(() => x.max([1, 2]).mean().dataSync()[0])；数不用释放，x 是在外面产生的，tidy 不会动它。',
  ],
  wrong: {
    brightestOfAll:
      'max 不写轴，就把整批并成一个数。要沿轴 1 和轴 2 取每张图的最大值，然后才取平均。',
    meanOfAll: '这是所有像素的平均。要先取每张图里最大的。',
    brightestMean: '两步的次序反了：先取每张图最大的像素，再对各张图取平均。',
    summed: '你把各张图的最大像素加了起来。平均还要除以张数。',
  },
  other: {
    batch: n => `一批 ${n} 张图`,
    left: count =>
      `数算对了，可是每调用一次，内存里就多留下 ${count} 个张量。把运算和读数都放进 tf.tidy(() => …)，或者把自己产生的张量一个个 dispose。`,
    freed: '数算对了，可是 x 被释放了，而调用函数的人还要用它。只释放函数自己产生的。',
  },
  reward:
    '数对了，内存也还是原来那么多。fit 和 predict 会自己收拾；在自己写的循环里，每步只要留下一个张量，几分钟就能把显存占满。',
  reasoning: 'max 和 mean 各产生一个张量，tidy 把它们都释放；返回的是一个数，不是张量。',
  solution: en.solution,
};
