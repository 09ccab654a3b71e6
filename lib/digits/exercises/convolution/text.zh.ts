import { en } from './text.en';

export const zh: typeof en = {
  title: '实验：小小的卷积',
  task: [
    '课程的网络约为 97%。搭建一个带卷积的模型，用 `xTrain` 训练，留出 `validationSplit: 0.2`，使验证准确率超过 97.5%。达到以后，`check` 才用测试集，而且只用这一次。再加一组卷积和池化，可以接近 99%：第一层 16 个 filter，第二层 32 个，大小都是 5，后接 64 个神经元的 Dense，训练 4 轮，试一次是 98.7%。',
    'Flatten 把一张图排成一长串，像素之间的远近就丢了。卷积层在图上移动许多个小窗口（filter），每个窗口寻找一种局部的笔画；池化层把图缩小，只留下每个小方块里最大的数。这两层这样写：',
    "```ts\ntf.layers.conv2d({ filters: 8, kernelSize: 3, activation: 'relu', inputShape: [28, 28, 1] })\ntf.layers.maxPooling2d({ poolSize: 2 })\n```",
    '卷积要求每张图带一个通道轴（灰度图只有一个通道）：`xTrain.reshape([-1, 28, 28, 1])`，其中 -1 由 TensorFlow.js 自己算出。卷积和池化可以再来一组；后面与课程一样，接 Flatten 和 Dense。',
    '课程安装在电脑上，训练一轮约两秒；在浏览器里，约十秒。',
  ],
  starter: en.starter,
  hints: [
    '依次 add：conv2d（写明 inputShape: [28, 28, 1]），maxPooling2d，flatten，最后是 softmax 的 dense。训练时把 xTrain 变成 [-1, 28, 28, 1]。',
    "conv2d({ filters: 16, kernelSize: 5, activation: 'relu', … })，maxPooling2d({ poolSize: 2 })，flatten()，64 个和 10 个神经元的 dense；compile 与课程相同；用 xTrain 训练 4 轮，留出 validationSplit: 0.2。",
  ],
  wrong: {
    notTrained: '这个模型还没有训练过。先 compile，再 await model.fit(…)。',
    low: accuracy =>
      `12000 张验证图片只认出 ${accuracy}。像素要除以 255，也就是用 xTrain；输出层要用 softmax。`,
    notYet: accuracy =>
      `12000 张验证图片认出 ${accuracy}，还没有超过 97.5%（课程的网络约为 97%）。样本用得多一些，多训练几轮，或者再加一组卷积和池化。`,
    noConvolution: layers => `没有二维的卷积层（conv2d），只有 ${layers.join('、')}。`,
    input: shape =>
      `每个样本的形状应当是 [28, 28, 1]：28 行，28 列，1 个通道（灰度）；现在是 [${shape}]。`,
    flat: shape =>
      `输出的形状是 [${shape}]，还是一张张小图。卷积之后要用 flatten 展平，再接 dense。`,
    outputs: outputs => `每张图片应当得到十个数，现在是 ${outputs} 个。`,
  },
  reward: (accuracy, test, parameters, convolutions) =>
    `验证图片认出 ${accuracy}；10000 张测试图片从未用来挑选模型，认出 ${test}。参数 ${parameters} 个，其中卷积层 ${convolutions} 个（课程的网络有 101770 个）。卷积在图上到处用同一组权重，所以一笔一画移动一点，它照样认得。`,
  reasoning:
    '同样的笔画在哪里看起来都一样，所以几个权重就能在整张图上寻找它。池化记下找到了没有，具体在哪里就不那么计较了。',
  solution: en.solution,
};
