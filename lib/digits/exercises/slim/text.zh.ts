import { en } from './text.en';

export const zh: typeof en = {
  title: '更深，却更小',
  task: [
    '课程的模型有一个隐藏层，101770 个参数。搭建一个有两个隐藏层、参数却更少的模型，并说出它有多少个参数。先用纸笔算，再用 `slim.countParams()` 核对。',
  ],
  starter: en.starter,
  hints: [
    '让第一个隐藏层少于 128 个神经元。每层的参数：输入 × 神经元 + 神经元。',
    '例如 64 和 32：784 × 64 + 64，64 × 32 + 32，还有输出层；三个数加起来。',
  ],
  wrong: {
    tooMany: parameters =>
      `这个模型有 ${parameters} 个参数，不少于 101770 个。第一个隐藏层最费参数：每个神经元 785 个。`,
    count: (parameters, why) => `模型够小了，但参数不是 ${parameters} 个。${why}`,
    noBiases: biases => `这只是权重，漏了 ${biases} 个偏置。`,
    noOutput: parameters => `漏了输出层的 ${parameters} 个。`,
    firstAlone: '这只是第一个隐藏层的，还有后面两层。',
    lessonModel: '这是课程里那个模型的参数个数。',
    otherCount:
      '逐层来算，每层用 6.1 的办法：Flatten 给出 784 个数，没有参数；后一层的输入，是前一层的神经元。',
  },
  reward: parameters =>
    `${parameters} 个参数：更深，却更小。层数多，参数不一定多，要看第一层有多宽。`,
  reasoning: '参数几乎都在 784 个输入与第一层之间。把这一层变窄，省下的远比后面多一层花掉的多。',
  solution: en.solution,
};
