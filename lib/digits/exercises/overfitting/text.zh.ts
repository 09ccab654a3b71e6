import { en } from './text.en';

export const zh: typeof en = {
  title: '实验：让网络过拟合',
  task: [
    '训练一个新模型，让它把样本背下来：最后的训练损失不到验证损失的一半，验证损失从最低点回升了 10% 以上。把 `fit` 返回的历史交给 `check`。',
  ],
  starter: en.starter,
  hints: [
    '样本越少，越容易背下来：只用几百张图，训练上百轮，留出一部分验证。',
    '用 slice(0, 500) 从 xTrain 和 yTrain 里各取前一部分；fit 要三个选项：epochs、validationSplit（留出多少来验证，例如 0.2），还有 verbose: 0（不打印过程）。',
  ],
  wrong: {
    noHistory:
      '这里应当是 fit 返回的历史本身。写成 await newModel().fit(…)，把结果原样交给 check；抄下来的数不算。',
    interrupted: '训练在第一轮结束之前就中断了，历史是空的。再训练一次。',
    noValidation:
      '没有验证损失（val_loss）。只看训练集，看不出网络是不是在背样本。fit 需要 validationSplit 或 validationData。',
    again: '这个模型以前训练过，留作验证的样本它可能已经见过。请用新模型：newModel().fit(…)。',
    changedAfter:
      '训练结束以后，模型的权重又改变了：这段历史不再是它的。请把刚刚训练出来的历史交给 check。',
    sameSamples:
      '验证用的图片，就是训练用的图片：这样的验证损失看不出过拟合。验证要用没有训练过的样本。',
    close: (lossAtLast, atLast) =>
      `训练损失 ${lossAtLast}，验证损失 ${atLast}：差距还小，看不出是在背样本。这道题里，训练损失要降到验证损失的一半以下。样本少一些，轮次多一些。`,
    notRisen: (atLast, lowest) =>
      `差距已经大了，可是验证损失最后是 ${atLast}，还在最低点（${lowest}）附近：认新的图，还没有变差。再多训练一些轮次，等它明显回升。`,
  },
  reward: (lossAtLast, lowest, best, atLast) =>
    `训练损失降到 ${lossAtLast}，验证损失却从第 ${best} 轮的 ${lowest} 升到 ${atLast}：网络在背样本。`,
  reasoning:
    '网络有 101770 个参数，同样的 400 张图看了 150 遍，足够把每一张都背下来；背下来的，对另外 100 张没有用。',
  solution: en.solution,
};
