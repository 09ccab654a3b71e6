import { en } from './text.en';

export const zh: typeof en = {
  title: '毕业作品：又小又好',
  task: [
    '把学过的都用上，从空白的单元格开始：搭建、配置、训练一个你自己的网络，参数少于 60000 个（课程的五分之三），验证准确率至少 97.5%（比课程的略高）。用 `xTrain` 训练，留出 `validationSplit: 0.2`。层数、神经元、10.4 里的卷积、Dropout（训练时随机关掉一部分神经元）、学习率、批次大小、轮次，都可以试；按验证准确率来挑。最后用测试集测一次，把这个准确率一起交上来。',
  ],
  starter: en.starter,
  hints: [
    '课程的网络，参数都在哪里？在 784 个输入和 128 个神经元之间。有什么办法先把图变小？两次卷积、两次池化以后，只剩几百个数。',
    'conv2d 用 8 个 filter，大小 5（inputShape: [28, 28, 1]），maxPooling2d，conv2d 用 16 个 filter，大小 5，maxPooling2d，flatten，64 个和 10 个神经元的 dense：约 20500 个参数。指标与课程相同，批次 64，训练 3 轮就够。evaluate(…)[1] 是准确率。',
  ],
  wrong: {
    tooMany: parameters =>
      `这个网络有 ${parameters} 个参数，应当少于 60000 个。看看 summary，哪一层的最多？`,
    notTrained: '这个网络还没有训练过。先 compile，再 await small.fit(…)。',
    low: accuracy =>
      `12000 张验证图片只认出 ${accuracy}。像素是像 xTrain 那样在 0～1 之间吗？输出层有 softmax 吗？损失函数与标签相配吗？`,
    notYet: accuracy =>
      `12000 张验证图片认出 ${accuracy}，至少要 97.50%。看看曲线：如果训练也不好，就是网络太小，或者训练得不够；如果训练好得多，就是过拟合。`,
    percentage: accuracy => `网络又小又好。testAccuracy 应当在 0 和 1 之间，${accuracy} 是百分数。`,
    validationReported: accuracy =>
      `网络又小又好。可是 ${accuracy} 是验证准确率，你就是按它挑的。要报告 xTest 和 yTest 上的。`,
    otherAccuracy: (reported, right) =>
      `网络又小又好，可是它在 10000 张测试图片上的准确率是 ${right}，不是 ${reported}。evaluate 给出 [损失, 准确率]：取第二个，而且要在最后一次训练以后测。`,
  },
  reward: (parameters, accuracy, test) =>
    `参数 ${parameters} 个，验证 ${accuracy}，测试集只测一次，${test}。一个网络，从搭建、训练到挑选、评价，你都做到了。`,
  reasoning:
    '卷积在整张图上共用权重，池化以后留给 Dense 的数不多，而参数本来几乎都在那里。测试集直到最后才用。',
  solution: en.solution,
};
