import { en } from './text.en';

export const zh: typeof en = {
  title: '数参数',
  task: ['一个全连接层有 `inputs` 个输入、`units` 个神经元。它一共有多少个参数？'],
  starter: en.starter,
  hints: [
    '一个神经元有多少个权重？加上它的偏置，再乘以神经元的个数。',
    'inputs * units 是权重，还要加上偏置。',
  ],
  inputs: (inputs, units) => `${inputs} 个输入，${units} 个神经元`,
  wrong: {
    noBiases: '你只数了权重，漏了偏置。每个神经元有一个偏置。',
    biasPerInput: '偏置是每个神经元一个，不是每个输入一个。',
    oneBias: '偏置不是整层共用一个，而是每个神经元一个。',
    biasesForAll: '输入没有偏置，只有神经元才有。',
    added: '每个神经元都与每个输入相连，每条连接有一个权重，所以要相乘。',
    lessonLayer: '这总是课程里那一层的参数，没有用到 inputs 和 units。',
  },
  reward:
    '权重的个数是输入乘以神经元，偏置每个神经元一个。课程的模型里，大部分参数在第一层：784 × 128。',
  reasoning:
    '每个神经元对每个输入有一个权重，另有一个不属于任何输入的偏置：一共 inputs + 1 个参数。神经元之间不共用参数，所以个个都有这么多。',
  solution: en.solution,
};
