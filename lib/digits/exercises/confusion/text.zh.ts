import { en } from './text.en';

export const zh: typeof en = {
  title: '谁被认成了谁',
  task: [
    '算出混淆矩阵：十行十列，都从 0 数起；第 `i` 行、第 `j` 列的数，表示标签为 `i` 的样本中，有多少个被认成了 `j`。可以像 `const rows = [[0, 0], [0, 0]]` 这样，先做出全是 0 的行，再用 `rows[1][0] += 1` 给一格加 1。',
  ],
  starter: en.starter,
  hints: [
    '先做十行、每行十个 0。每个样本给第 labels[i] 行、第 predictions[i] 列加 1。',
    'Array.from({ length: 10 }, () => new Array(10).fill(0))，然后 labels.forEach((label, i) => { … })。',
  ],
  wrong: {
    exchanged: '行和列反了。行是标签，列是预测。',
    atMostOne: '每一格最多是 1：同样的一对出现几次，就要数几次，不能只写 1。',
    rightOnes: '只数了认对的（对角线）。认错的才告诉我们，哪个数字容易被认成哪个。',
    wrongOnes: '只数了认错的。认对的也要数，它们在对角线上。',
    sameRows:
      '十行全都一样：fill 把同一个数组放进了十行，改一行就改了所有的行。每行要各做一个数组。',
    shares: '这是比例，要的是个数。',
  },
  notFinite: '有的格子不是数：每一格都要从 0 开始，才能加 1。',
  other: {
    shape: '应当有十行，每行十个数：每个标签一行，每个预测一列。',
  },
  reward:
    '对角线上是认对的，其余的格子说出把谁认成了谁。准确率只是一个数，这张表才说得出错在哪里。',
  reasoning: '每个样本恰好属于一格：标签决定在哪一行，预测决定在哪一列。所以把样本看一遍就够了。',
  solution: en.solution,
};
