import { en } from './text.en';

export const zh: typeof en = {
  title: '两行三列',
  task: ['做一个形状为 `[2, 3]` 的张量，里面是 1 到 6 这六个数。'],
  starter: en.starter,
  hints: [
    'tf.tensor2d 接受数组的数组，外层的每一项是一行。',
    'tf.tensor2d([[1, 2, 3], …])，补上第二行。',
  ],
  wrong: {
    shapeAsContent: '[2, 3] 成了张量的内容：里面只有 2 和 3 两个数。它应当是张量的形状。',
    oneAxis: shape => `形状是 [${shape}]，只有一个轴。这里要两个轴：先是行，再是列。`,
    transposed: '形状是 [3, 2]，也就是三行两列。形状从外往里写：先写有几行，再写一行有几个数。',
    shape: shape => `形状应当是 [2, 3]，现在是 [${shape}]。`,
    fromZero: '形状对了，里面却是 0 到 5。这里要的是 1 到 6。',
    content: content => `形状对了，里面却是 ${content}。这里要 1 到 6，每个数一次。`,
  },
  reward:
    '两行，每行三个数。以后见到 [60000, 28, 28]，也这样读：60\u202f000 张图，每张 28 行，每行 28 个像素。',
  solution: en.solution,
};
