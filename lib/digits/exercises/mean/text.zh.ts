import { en } from './text.en';

export const zh: typeof en = {
  title: '读回来',
  task: [
    '让 `tf` 求出几个数的平均值，再返回一个普通的数，例如 `[2, 4, 9]` 得到 5。张量 `t` 的平均值是 `t.mean()`。',
  ],
  starter: en.starter,
  hints: [
    '先用 tf.tensor1d 做成张量，再调用它的 mean()。结果仍是张量，要读回来。',
    '在 return tf.tensor1d(values).mean() 后面，接上 .dataSync()[0]。',
  ],
  wrong: {
    total: '这是总和，还要除以个数。',
    oneLess: '总和除以了“个数减 1”，应当除以个数。',
    largest: '这是最大的数。',
    smallest: '这是最小的数。',
    first: '这只是第一个数。',
    median: '这是排序后中间的数，即中位数，不是平均值。',
    middle: '只平均了最大和最小的两个数，其余的也要算进去。',
    truncated: '小数部分丢了：int32 张量只存整数。',
    rounded: '结果不必取整。',
  },
  other: {
    withoutTf: '数是对的，但不是 tf 算出来的。这道题练的是：让 tf 在设备上算，再把结果读回来。',
  },
  reward: '张量在设备上计算，dataSync() 或 arraySync() 把结果读回 JavaScript。',
  solution: en.solution,
};
