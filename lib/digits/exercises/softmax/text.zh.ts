import { en } from './text.en';

export const zh: typeof en = {
  title: '亲手做 softmax',
  task: [
    '不用 `tf.softmax`，把任意几个数（`logits`）变成概率：$p_i = e^{z_i} / \\sum_j e^{z_j}$。$e^z$ 写作 `Math.exp(z)`。很大的数，例如 1000，也要能算：这时 `Math.exp(1000)` 是 Infinity，要另想办法。',
  ],
  starter: en.starter,
  hints: [
    '对每个数取 Math.exp，再分别除以它们的和。很大的数要先变小：从每个数里减去同一个数，概率不变。',
    '要减去的就是最大的数，Math.max(...logits)。先用 map 算出所有的幂，用 reduce 求和，再用 map 分别除以这个和。',
  ],
  wrong: {
    cutOff: '很大的数都截成了 700，它们的差别就没有了。减去最大的数，差别不变。',
    notShared: '它们的和不是 1：每个都要除以总和，而不是只除以最大的。',
    byLargest:
      '你除以了最大的数；要除以各个幂的总和，加起来才是 1。最大的数另有用处：取 e 的幂以前，先减去它。',
    withoutPowers: '你只除以了总和。先取 e 的幂，这样负数也会变成正数。',
    shifted: '你减去最小的数，再除以总和。要先取 e 的幂。',
    sigmoid: '这是 sigmoid：它分别计算每个数，它们的和不是 1。',
    largestAlone: '这只说了哪一个最大。别的数也有概率，只是小一些。',
  },
  notFinite:
    'e 的 1000 次方太大，成了 Infinity，而 Infinity 除以 Infinity 是 NaN；如果减去的数太大，e 的幂就全是 0，0 除以 0 也是 NaN。先把这些数变小，再求幂，但要让概率保持不变：想一想怎么做。',
  other: {
    byTf: '结果对了，但这是 TensorFlow 的 softmax 算出来的。这道题要你自己来算。',
  },
  reward: '都是正数，和为 1，大小次序不变。先减去最大的数，TensorFlow 也是这样做的。',
  reasoning:
    'e 的幂都是正数，除以总和以后，和是 1。每个 z 减去 c，所有的幂都除以 e^c，相除时正好约去；c 取最大的数，幂就不会大于 1。',
  solution: en.solution,
};
