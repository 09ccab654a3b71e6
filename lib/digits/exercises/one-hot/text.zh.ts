import { en } from './text.en';

export const zh: typeof en = {
  title: '亲手做独热编码',
  task: [
    '不用 `tf.oneHot`，把一个标签变成独热向量，就是第 8 阶段 $p - y$ 里的 $y$。`classes` 是类别的总数，例如 `oneHot(1, 3)` 得到 `[0, 1, 0]`。',
  ],
  starter: en.starter,
  hints: [
    '先做一个长度为 classes、全是 0 的数组，再在 label 的位置写 1。',
    '先写 const v = new Array(classes).fill(0)，再写 v[label] = …，最后 return v。',
  ],
  inputs: (label, classes) => `标签 ${label}，共 ${classes} 类`,
  wrong: {
    tooEarly: '1 放早了一位：位置从 0 数起，标签 0 的 1 在最前面。',
    tooLate: '1 放晚了一位：位置从 0 数起。',
    always10: '长度总是 10，应当是 classes。',
    oneMore: '多了一个数：classes 类只要 classes 个数，位置从 0 到 classes - 1。',
    cutOff: '1 后面的 0 没有写出来：一共要有 classes 个数。',
    labelItself: '那个位置上要写 1，不是标签本身。',
    exchanged: '0 和 1 写反了：只有标签的位置是 1。',
    allBefore: '标签以前的位置也成了 1。只有标签的位置是 1。',
    noOne: '里面没有 1，看不出是哪一类。',
  },
  other: {
    byTf: '结果对了，但这是 tf.oneHot 做出来的。这道题要你自己来做。',
  },
  reward:
    '一个 1，其余都是 0。用概率减去它，得到 p − y，就知道哪个输出要往上推、哪些要往下压。它包含的信息和标签一样多，所以稀疏交叉熵可以直接用标签。',
  reasoning:
    '每个位置回答一个问题：是不是这一类；只有一个回答“是”。所以类别有几个，位置就有几个，才能与十个概率逐个相减：p − y。',
  solution: en.solution,
};
