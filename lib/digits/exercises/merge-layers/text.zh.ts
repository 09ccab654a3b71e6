import { en } from './text.en';

export const zh: typeof en = {
  title: '没有 relu，两层就是一层',
  task: [
    '两个没有激活函数的层先后计算 `(x · w1 + b1) · w2 + b2`。求出一个层的权重 `w` 和偏置 `b`，使 `x · w + b` 对任何 `x` 都得到同样的结果。返回 `[w, b]`。',
    '矩阵乘法是 `a.matMul(b)`，加法是 `a.add(b)`。`matMul` 只接受矩阵：`b1.reshape([1, -1])` 把向量变成只有一行的矩阵。',
  ],
  starter: en.starter,
  hints: [
    '把 (x · w1 + b1) · w2 + b2 展开：哪些项乘着 x，哪些不乘？',
    'w 是 w1.matMul(w2)；b 是 b1 · w2 + b2，其中 b1 要先变成一行：b1.reshape([1, -1])。',
  ],
  wrong: {
    reversed: '两个因子的次序反了：x 先乘 w1，再乘 w2，所以是 w1 · w2。矩阵乘法不能交换次序。',
    placeByPlace: 'mul 把对应位置的数逐个相乘。矩阵乘法是 matMul。',
    added: '你把 w1 和 w2 相加了，应当相乘：x · w1 · w2。',
    firstAlone: '这只是第一层的权重，第二层还没有算进去。',
    secondAlone: '这只是第二层的权重，第一层还没有算进去。',
    biasesAdded: 'b1 在第一层加上，随后也要经过 w2。把 (x · w1 + b1) · w2 + b2 展开看看。',
    secondBias: '这只是第二层的偏置。b1 经过 w2 以后，也留在结果里。',
    firstBias: '这只是第一层的偏置。它还要经过 w2，再加上 b2。',
    withoutSecond: '还要加上 b2。',
    reversedBias: '次序反了：b1 是一行，在左边，所以是 b1 · w2，不是 w2 · b1。',
    secondToo: 'b2 在最后才加上，不经过 w2。',
  },
  other: {
    weights: (w1, w2) => `w1 = ${w1}，w2 = ${w2} 时的 w`,
    bias: (b1, w2, b2) => `w 对了。b1 = ${b1}，w2 = ${w2}，b2 = ${b2} 时的 b`,
    results: result => `函数应当返回 [w, b] 两样，现在返回的是 ${result}。`,
  },
  reward: '两个线性层合起来就是一个线性层。中间有了 relu，两层才能学会一层学不会的东西。',
  reasoning:
    '乘法可以展开：(x · w1 + b1) · w2 + b2 = x · (w1 · w2) + (b1 · w2 + b2)。乘着 x 的是新的 w，其余是新的 b。',
  solution: en.solution,
};
