/** Questions on the network and on how it learns, stages 5 to 8. */
import type { Question } from './question';

export const ON_LEARNING: readonly Question[] = [
  {
    asks: {
      zh: 'Flatten 层有多少个参数？',
      en: 'How many parameters does the Flatten layer have?',
    },
    options: [
      {
        says: { zh: '784 个，每个像素一个', en: '784, one for each pixel' },
        why: {
          zh: '784 是它输出多少个数。像素是输入的数据，不是学出来的参数。',
          en: '784 is how many numbers it puts out. Pixels are data that come in; parameters are learnt.',
        },
      },
      {
        says: { zh: '0 个', en: 'None' },
        isRight: true,
        why: {
          zh: '它只把 28 行像素首尾相接，什么也不计算，也就没有什么可学。',
          en: 'It lays the 28 rows of pixels end to end and computes nothing, so there is nothing to learn.',
        },
      },
      {
        says: { zh: '784 × 128 + 128 个', en: '784 × 128 + 128' },
        why: {
          zh: '这是它后面那个 Dense 层的参数：128 个神经元，各有 784 个权重和 1 个偏置。',
          en: 'Those belong to the Dense layer behind it: 128 units, each with 784 weights and a bias.',
        },
      },
    ],
  },
  {
    asks: {
      zh: '把隐含层的 relu 去掉，会怎样？',
      en: 'What happens if you leave out the relu of the hidden layer?',
    },
    options: [
      {
        says: {
          zh: '没有影响，只要隐含层的神经元够多，就能弥补',
          en: 'Nothing, if the hidden layer has enough units to make up for it',
        },
        why: {
          zh: '再多也弥补不了：没有 relu，两个线性层合起来仍是一个线性层，分界永远是直的。',
          en: 'No number is enough: without relu, two linear layers in a row are still one, and its borders are straight.',
        },
      },
      {
        says: { zh: '输出的不再是概率', en: 'The outputs are no longer probabilities' },
        why: {
          zh: '把输出变成概率的是 softmax，它还在。',
          en: 'softmax makes them probabilities, and it is still there.',
        },
      },
      {
        says: { zh: '算得更快，别的不变', en: 'It computes faster; nothing else changes' },
        why: {
          zh: '省下的时间几乎测不出来，准确率却明显下降。',
          en: 'The time saved can hardly be measured, and the accuracy drops.',
        },
      },
      {
        says: {
          zh: '整个网络只相当于没有隐含层',
          en: 'It does no better than without a hidden layer',
        },
        isRight: true,
        why: {
          zh: '两个线性层合起来就是一个线性层，准确率只有 92% 左右。',
          en: 'Two linear layers make one linear layer; the accuracy is only about 92%.',
        },
      },
    ],
  },
  {
    asks: {
      zh: '训练还没有开始，损失约为 2.3。这说明什么？',
      en: 'Before any training the loss is about 2.3. What does that tell you?',
    },
    options: [
      {
        says: {
          zh: '网络在十个数字里瞎猜',
          en: 'The network is guessing among ten digits',
        },
        isRight: true,
        why: {
          zh: '正确答案大约只得到 0.1 的概率，而 −ln 0.1 ≈ 2.3。',
          en: 'It gives the right digit a probability of about 0.1, and −ln 0.1 ≈ 2.3.',
        },
      },
      {
        says: { zh: '有 2.3% 的图认错了', en: '2.3% of the pictures are read wrong' },
        why: {
          zh: '损失不是百分比。瞎猜时，十张里大约要错九张。',
          en: 'A loss is not a percentage. Guessing gets about nine pictures out of ten wrong.',
        },
      },
      {
        says: {
          zh: '代码有错，因为损失总是从 1 开始',
          en: 'There is a bug, since a loss always starts at 1',
        },
        why: {
          zh: '损失没有上限，从多少开始要看有几类：十类是 ln 10，两类是 ln 2 ≈ 0.69。',
          en: 'A loss has no upper limit. Where it starts depends on the classes: ln 10 for ten, ln 2 ≈ 0.69 for two.',
        },
      },
    ],
  },
  {
    asks: {
      zh: '某个权重的梯度告诉我们什么？',
      en: 'What does the gradient of a weight tell you?',
    },
    options: [
      {
        says: {
          zh: '这个权重要往哪边改、改多少，才会正确',
          en: 'How far, and on which side, the weight is from its right value',
        },
        why: {
          zh: '梯度只是脚下的坡度，看不到谷底在哪里。一步走多远，还要由学习率来定，所以要走许多小步。',
          en: 'It is only the slope where you stand and does not see the bottom. The learning rate sets how far to go, so it takes many small steps.',
        },
      },
      {
        says: { zh: '这个权重有多重要', en: 'How important the weight is' },
        why: {
          zh: '训练好以后，重要的权重梯度也接近 0，因为它已经不需要再改了。',
          en: 'Once training is done, even an important weight has a gradient near 0: it needs no more change.',
        },
      },
      {
        says: {
          zh: '就在这里，损失随它上升或下降得多快',
          en: 'How steeply the loss rises or falls with it, just here',
        },
        isRight: true,
        why: {
          zh: '梯度是损失在这里的坡度：为正就把权重减小一点，为负就增大一点，损失便会下降。',
          en: 'It is the slope of the loss here: where it is positive, make the weight a little smaller, where negative, larger, and the loss falls.',
        },
      },
    ],
  },
  {
    asks: {
      zh: '48\u202f000 个训练样本，每批 64 个。训练一轮，参数更新几次？',
      en: '48,000 training samples, in batches of 64. How often are the parameters changed in one epoch?',
    },
    options: [
      {
        says: { zh: '1 次', en: 'Once' },
        why: {
          zh: '那样就要把 48\u202f000 个样本当作一批。每算完一批，参数就更新一次。',
          en: 'Only if all 48,000 samples were a single batch. The parameters change after every batch.',
        },
      },
      {
        says: { zh: '750 次', en: '750 times' },
        isRight: true,
        why: {
          zh: '48\u202f000 ÷ 64 = 750 批，一批走一步。一轮就是每个样本恰好看一遍。',
          en: '48,000 ÷ 64 = 750 batches, one step each. In an epoch each sample is seen exactly once.',
        },
      },
      {
        says: { zh: '64 次', en: '64 times' },
        why: {
          zh: '64 是一批里的样本数，不是批数。',
          en: '64 is the number of samples in a batch, not the number of batches.',
        },
      },
      {
        says: { zh: '48\u202f000 次', en: '48,000 times' },
        why: {
          zh: '一批里的 64 个样本共用一步：先把它们的损失取平均，再更新参数。',
          en: 'The 64 samples of a batch share one step: their losses are averaged first.',
        },
      },
    ],
  },
];
