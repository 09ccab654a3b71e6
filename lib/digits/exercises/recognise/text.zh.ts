import { en } from './text.en';

export const zh: typeof en = {
  title: '认一张图',
  task: [
    '`picture` 是一张图，形状为 `[28, 28]`，像素已经在 0～1 之间。用上面训练好的 `model` 认出它是几，返回一个普通的数。',
  ],
  starter: en.starter,
  hints: [
    '先给 picture 加上批次轴，再 predict，再取概率最大的位置，最后读回一个数。',
    'model.predict(picture.reshape([1, 28, 28])).argMax(1) 是一个张量，再用 .dataSync()[0] 读出数字。',
  ],
  wrong: {
    same: (count, digit) =>
      `${count} 张不同的图片，预测都是 ${digit}。用到 picture 了吗？模型训练过吗？像素已经在 0～1 之间，不用再除。`,
    fromOne: '每个预测都大了 1：位置从 0 数起，第 0 个概率就是数字 0 的。',
    few: (right, count) =>
      `${count} 张测试图片只认对了 ${right} 张。模型训练过吗？像素已经在 0～1 之间，不用再除；返回的应当是最大概率的位置。`,
    probability: digit => `得到 ${digit}：这是最大的概率本身。要的是它的位置，也就是认出的数字。`,
    batchAxis:
      '得到了十个整数：argMax(0) 沿着批次轴去找，而这一批只有一张图。要在十个概率中找，用 argMax(1)。',
    probabilities: '得到了十个概率。要的是其中最大者的位置，也就是认出的数字。',
  },
  reward: (right, count) =>
    `${count} 张测试图片认对 ${right} 张。模型总是按批计算，一张图就是大小为 1 的一批。`,
  reasoning:
    '模型按批计算，所以一张图也要有批次轴。第 i 个概率就是数字 i 的概率，所以最大者的位置就是认出的数字。',
  solution: en.solution,
};
