import { en } from './text.en';

export const zh: typeof en = {
  title: '实验：消除过拟合',
  task: [
    '再训练一个新模型，使验证损失最后停在最低点附近，而且学会了认数字。办法由你选择：更多的样本、更小的网络、提前停止……',
    '提前停止要靠回调（callback），它在训练途中被调用。例如，训练损失连续 3 轮没有降低就停止：',
    "```ts\nawait fit(…, { callbacks: tf.callbacks.earlyStopping({ monitor: 'loss', patience: 3 }) });\n```",
  ],
  starter: en.starter,
  hints: [
    'earlyStopping 盯着一个数，它不再变好，训练就停止。要盯着哪个数？训练的，还是验证的？',
    "与 8.3 相同，再加上 callbacks: tf.callbacks.earlyStopping({ monitor: 'val_loss', patience: 2 })。",
  ],
  wrong: {
    stillOverfitting: (lowest, atLast) =>
      `验证损失最低是 ${lowest}，最后升到了 ${atLast}：还在过拟合。要在它回升时停下，或者用更多的样本。`,
    littleLearnt: accuracy => `验证损失没有回升，但模型只认出 ${accuracy}：学得太少，停得太早。`,
  },
  reward: (epochs, atLast, lowest, accuracy) =>
    `训练了 ${epochs} 轮，验证损失最低是 ${lowest}，最后停在 ${atLast}；测试图片认出 ${accuracy}。常用的办法：提前停止、更多的样本、Dropout、更小的网络。`,
  reasoning:
    '验证损失降到最低以前，学到的对别的图也有用；以后学到的，只对这些样本有用。训练损失会一直下降，看不出什么时候该停。',
  solution: en.solution,
};
