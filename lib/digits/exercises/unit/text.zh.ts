import { en } from './text.en';

export const zh: typeof en = {
  title: '亲手算一个神经元',
  task: [
    '一个神经元对每个输入有一个权重，另外有一个偏置。它把每个输入乘以各自的权重，乘积加起来，再加偏置；结果大于 0 就输出它，否则输出 0：$h = \\mathrm{relu}(\\sum_i x_i w_i + b)$。只用普通的 TypeScript 写出来：`x` 和 `w` 是一样长的数组，`b` 是一个数。',
  ],
  starter: en.starter,
  hints: [
    '从 let sum = b 开始，对每个 i 加上 x[i] * w[i]。最后才是 relu：Math.max(0, sum)。',
    '一行就够：return Math.max(0, x.reduce((sum, value, i) => sum + value * w[i], b));',
  ],
  inputs: (x, w, b) => `x = ${x}，w = ${w}，b = ${b}`,
  wrong: {
    noBias: '漏了偏置：它加在总和上，然后才是 relu。',
    biasEach: '你给每个乘积都加了偏置。偏置只加一次，加在总和上。',
    noRelu: '漏了 relu：总和小于 0 时，要变成 0。',
    reluEach:
      '你对每个乘积都做了 relu。负的乘积也要算进去，不然就没有哪个输入能起反对的作用：relu 只在求和以后做一次。',
    reluEarly: 'relu 要在加偏置之后做，而不是之前：它作用于整个总和。',
    mean: '你取了乘积的平均。神经元要的是总和。',
    noStart:
      '不给初始值，reduce 就从 x[0] 本身开始，没有乘以权重。给它一个初始值：x.reduce(…, b)。',
    sigmoid: '这是 sigmoid。relu 不改变正的总和，其余的都变成 0。',
  },
  notFinite: '最后一个输入是 x[x.length - 1]；再往后，x[x.length] 是 undefined。',
  reward: '神经元所做的就是这些。课程的隐藏层有 128 个这样的神经元，每个有 784 个输入。',
  reasoning: '总和从偏置开始，每个输入按权重的大小加上自己的一份，最后做一次 relu。',
  solution: en.solution,
};
