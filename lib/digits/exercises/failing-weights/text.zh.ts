import { en } from './text.en';

export const zh: typeof en = {
  title: '实验：学不会的初始权重',
  task: [
    '初始权重通常是随机的。搭建、配置并训练一个与课程相同的模型，但换一种初始权重，使它怎么训练也学不会。为什么学不会？',
    '初始权重由 `kernelInitializer` 决定，例如都从 1 开始，或者随机取 0 和 1 之间的数：',
    "```ts\ntf.layers.dense({ units: 10, activation: 'softmax', kernelInitializer: 'ones' })\ntf.layers.dense({ units: 10, activation: 'softmax', kernelInitializer: tf.initializers.randomUniform({ minval: 0, maxval: 1 }) })\n```",
  ],
  starter: en.starter,
  hints: [
    'dense 有一个选项 kernelInitializer。怎样的初始权重，会让隐藏层的所有神经元算出同样的东西？',
    "两层都写 kernelInitializer: 'ones'，只改一层不够。compile 以后，用 fit 训练一轮。",
  ],
  wrong: {
    notCompiled: '这个模型还没有配置训练方法：少了 compile。',
    notTrained: '这个模型没有训练过。学不学得会，训练了才知道。',
    learns: accuracy =>
      `它学会了：认出 ${accuracy}。只要隐藏层或者它后面的权重各不相同，神经元就能各学各的。换一种初始权重，两层都改。`,
    notTheWeights: usual =>
      `它学得不好，但换成通常的初始权重，也只认出 ${usual}：原因不在初始权重，而在模型或训练方法。请从课程的模型开始，只改 kernelInitializer。`,
  },
  other: {
    zero: '隐藏层的输出 h 全是 0，后面的权重 W₂ 也全是 0：W₂ 的梯度里有因子 h，W₁ 的梯度里有因子 W₂，所以每个权重的梯度都是 0，只有输出层的偏置在学。',
    alike:
      '隐藏层的所有神经元从同样的权重出发，得到同样的梯度，永远相同：许多个只顶一个。所以初始权重必须随机：随机取 0 和 1 之间的数，就学得会。',
    dead: '无论什么图片，隐藏层每个神经元的总和都不大于 0，relu 之后全是 0，梯度也是 0：它们再也活不过来。',
    large: '权重一开始就太大，小小的几步改变不了什么；所以初始权重不仅要随机，大小也要合适。',
    unknown: '',
  },
  reward: (accuracy, usual, why) =>
    `再训练下去，也只认出 ${accuracy}；其他都不变，只换成通常的初始权重，认出 ${usual}。${why}`,
  reasoning:
    '神经元从同样的权重出发，算出同样的数，得到同样的梯度，永远相同：128 个只顶一个，而单靠一个数，分不清十个数字。',
  solution: en.solution,
};
