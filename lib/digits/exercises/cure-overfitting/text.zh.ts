import { en } from './text.en';

export const zh: typeof en = {
  title: '实验：消除过拟合',
  task: [
    '再训练一个新模型，要胜过 8.3 里过拟合的那个：验证损失最后比最低点最多高 20%，而且比那个模型最后的低。`check` 还会用课程留作验证的图片（`xTrain` 的最后 12000 张）比较这两个网络，所以不要用它们训练。办法由你选择：更多的样本、更小的网络、提前停止……',
    '提前停止要靠回调（callback），它在训练途中被调用。例如，训练损失连续 3 轮没有降低就停止：',
    "```ts\nawait model.fit(…, { callbacks: tf.callbacks.earlyStopping({ monitor: 'loss', patience: 3 }) });\n```",
  ],
  starter: en.starter,
  hints: [
    'earlyStopping 盯着一个数，它不再变好，训练就停止。要盯着哪个数？训练的，还是验证的？',
    '光靠提前停止，只是不再变差；400 张图里没有的，网络学不到。样本要比 8.3 多得多，几千个以上，再让 earlyStopping 盯着验证损失，它在历史里叫 val_loss。',
  ],
  wrong: {
    stillOverfitting: (lowest, atLast) =>
      `验证损失最低是 ${lowest}，最后升到了 ${atLast}：还在过拟合。要在它回升时停下，或者用更多的样本。`,
    notBetter: (atLast, before) =>
      `验证损失最后是 ${atLast}，并不比过拟合的网络（${before}）低：没有回升，但也没有降下多少。再多训练几轮，或者多用一些样本。`,
    lessLearnt: (accuracy, before) =>
      `验证损失是低了，可是课程的验证图片只认出 ${accuracy}，过拟合的网络还认出 ${before}：停得太早，或者样本太少。最有用的办法是增加样本。`,
  },
  reward: (epochs, atLast, loss, accuracy, before) =>
    `训练了 ${epochs} 轮，验证损失最后停在 ${atLast}（过拟合时是 ${loss}）；课程的验证图片认出 ${accuracy}（过拟合时是 ${before}）。常用的办法：更多的样本、提前停止、Dropout、更小的网络。`,
  reasoning:
    '样本多了，不容易背下来，也看得到更多的写法。验证损失降到最低以前，学到的对别的图也有用；以后学到的，只对这些样本有用。训练损失会一直下降，看不出什么时候该停。',
  solution: en.solution,
};
