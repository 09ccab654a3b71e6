import { en } from './text.en';

export const zh: typeof en = {
  title: '实验：批次大小，时间和准确率',
  task: [
    '批次大小为 16、64、512 时，哪个训练得最快，哪个学得最好？先猜一猜。',
    '写一个函数：新建一个模型，用 `fit` 和收到的批次大小训练一个轮次，返回模型。用训练集的前 48000 个样本，其余的留作验证。`check` 用这三种批次大小来调用它，替你计时，再用验证图片给每个模型打分。',
  ],
  starter: en.starter,
  hints: [
    '函数里依次做三件事：新建模型，等 fit 训练完（await），返回模型。批次大小用参数 batchSize。',
    '用 slice 从 xTrain 和 yTrain 里各取前一部分，一样多。批次大小用选项 batchSize 交给 fit，再加上 verbose: 0。最后一行返回模型，不是返回历史。',
  ],
  wrong: {
    again:
      '函数训练的是同一个模型，或者早已训练过的模型：它接着上一次的结果往下学，不能比较。每次都要在函数里新建模型。',
    littleLearnt: (size, accuracy) =>
      `批次大小为 ${size} 时，模型只认出 ${accuracy}。样本太少，还是像素没有缩放到 0～1？`,
    notTrained: '函数返回时，模型还没有训练。返回之前要用 fit 训练它，fit 前面要有 await。',
    otherSize: (size, used) =>
      `收到的批次大小是 ${size}，训练时用的却是 ${used}：batchSize 没有传给 fit。`,
    epochs: (batchSize, epochs) => `批次大小为 ${batchSize} 时训练了 ${epochs} 轮，应当是一轮。`,
    samples: (samples, batchSize, others, otherSize) =>
      `样本不一样多：批次大小为 ${batchSize} 时是 ${samples} 个，为 ${otherSize} 时是 ${others} 个。一次实验只改变一样，才能比较。`,
    otherModel: '几次训练的不是同样的模型，或者优化器不同。一次实验只改变一样，才能比较。',
  },
  other: {
    row: (size, seconds, share) => `${size}：${seconds} 秒，${share}`,
  },
  reward: table =>
    `轮次相同时，批次越小，步数越多：通常更慢，但学得更多。批次越大，通常越快，但学得更少。你的结果：${table}`,
  reasoning:
    '几次训练之间，除了批次大小，任何别的差别都可能是原因。所以每次都新建模型，用同样的样本，训练同样多轮。',
  solution: en.solution,
};
