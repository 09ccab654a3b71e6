import { en } from './text.en';

export const zh: typeof en = {
  title: '实验：换一组数据',
  task: [
    '写一个函数，学会任何一组与 MNIST 格式相同的图片：用 `fit` 和 `set` 里的训练集训练一个新模型，返回它在 `set` 的测试集上的准确率。`set` 的格式与 `mnistSet` 相同。',
    '`check` 用 Fashion-MNIST（十类衣物）来试，每次取 6000 张训练；没有它的文件时，用转了 90° 的数字代替，并告诉你怎样取得。有网络时，可以这样下载：',
    "```ts\nimport { fashionMnist } from 'mnist-data-loader';\nawait fashionMnist.loadData();\n```",
  ],
  starter: en.starter,
  hints: [
    '把第 3～9 阶段放进一个函数：拆开 set，除以 255，新建模型，训练，评估。只用参数里的数据。',
    '先写 const [[trainImages, trainLabels], [testImages, testLabels]] = set，再用 divide(trainImages, 255) 等等，最后 return learner.evaluate(…)[1].dataSync()[0]。',
  ],
  wrong: {
    above1: share => `${share} 大于 1：准确率应当在 0 和 1 之间。这是百分数，还是损失？`,
    again: '函数训练的模型，以前已经训练过。每次都要在函数里新建模型。',
    testSet:
      '模型是用 set 的测试集训练的，它要评估的图片都已经见过。用第一部分训练，用第二部分测试。',
    outside: '函数没有用它收到的 set 来训练，用的是 xTrain 等外面的变量。',
    notScaled: largest => `像素没有除以 255：训练用的图片里有 ${largest}。`,
    low: (name, share) =>
      `${name}：准确率只有 ${share}。训练了几轮？是用 set 的测试集评估的吗？返回的是准确率，不是损失吗？`,
    sameModel: '两次调用训练的是同一个模型。每次都要在函数里新建模型。',
    loss: share => `${share} 是损失，evaluate 的第一个数。准确率是第二个。`,
    otherTest:
      '把 set 的测试集标签全改错，结果几乎一样：准确率不是在它的测试集上量的，是在训练集或外面的 xTest 上量的。',
    noTraining: '函数里没有训练过模型。要用 set 训练一个新模型：await model.fit(…)。',
    several: '返回了几个数。evaluate 给出 [损失, 准确率]，只要第二个。',
  },
  reward: (name, share, missing) =>
    `${name}：准确率 ${share}。网络并不知道图上是什么；同样的代码，同样的格式，换一组数据照样能学。${missing ? `\n  ${missing}` : ''}`,
  reasoning:
    '函数用的数据全都来自 set，所以换一组也行。测试图片没有参加训练，所以在它们上面的准确率，说明网络认新图的本领。',
  solution: en.solution,
};
