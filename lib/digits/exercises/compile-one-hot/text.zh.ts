import { en } from './text.en';

export const zh: typeof en = {
  title: '用独热标签训练',
  task: [
    '许多程序里的标签是独热向量。重新配置这个模型：损失函数用与独热标签相配的交叉熵；优化器仍是 adam，但学习率改为 0.01。然后用独热标签训练一轮，6000 个样本就够了；`tf.oneHot(labels, 10)` 把标签变成独热向量。',
    "`'adam'` 的学习率是 0.001。要用别的，就把优化器写成对象，例如 `tf.train.sgd(0.1)`；adam 也有这样的写法。",
  ],
  starter: en.starter,
  hints: [
    '再调用一次 compile，写明 optimizer 和 loss。损失函数的名字里没有 sparse。fit 要 xTrain.slice(0, 6000)，标签是同样多的 tf.oneHot(…, 10)。',
    'compile 本身没有学习率这一项：在 optimizer 和 loss 旁边写 learningRate: 0.01，不报错，也不起作用。学习率要写进优化器：optimizer: tf.train.adam(0.01)。损失函数是课程里的那个名字去掉 sparse，开头改成小写的 c。',
  ],
  wrong: {
    notCompiled: '这个模型还没有配置训练方法：少了 compile。',
    sparseLoss:
      '损失函数还是“稀疏”的那一种，它要的标签是数字。标签是独热向量时，用不带 sparse 的那一种。',
    sparseMetric:
      '指标还是“稀疏”的那一种，它要的标签是数字，遇到独热向量就会出错。去掉它，或者换成 tf.metrics.categoricalAccuracy。',
    binaryMetric: name =>
      `指标 ${name} 只用于两类。去掉它，或者换成 tf.metrics.categoricalAccuracy。`,
    loss: (expected, got) =>
      `损失函数不是交叉熵：同样的十个样本，交叉熵是 ${expected}，这个模型算出 ${got}。`,
    notTrained: '配置对了，但还没有训练。用图片和独热标签调用 await forOneHot.fit(…)。',
    low: accuracy => `配置对了，可是验证图片只认出 ${accuracy}。标签和图片对得上吗，样本够多吗？`,
    optimizer: name => `优化器是 ${name}，要的是 adam。`,
    learningRate: rate =>
      `学习率是 ${rate}，要的是 0.01。写成 'adam'，学习率就是默认的 0.001；要用别的，就写 tf.train.adam(…)。`,
  },
  other: { untouched: '这个模型的配置还和课程里的一样。' },
  reward: accuracy =>
    `验证图片认出 ${accuracy}。损失函数要与标签的形式相配；把优化器写成对象，就能改它的学习率。`,
  reasoning:
    '两种交叉熵算出同一个数，损失函数只需要知道标签是哪种形式。层都不用改：compile 决定怎样学，不决定怎样算。',
  solution: en.solution,
};
