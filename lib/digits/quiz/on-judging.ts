/** Questions on what the results mean, stages 8 to 10. */
import type { Question } from './question';

export const ON_JUDGING: readonly Question[] = [
  {
    asks: {
      zh: '训练损失还在下降，验证损失却连着几轮上升。怎么办？',
      en: 'The training loss is still falling, but the validation loss has risen for several epochs. What do you do?',
    },
    options: [
      {
        says: {
          zh: '停下来：验证损失最小的那一轮前后，练得正好',
          en: 'Stop: it was best near the epoch of the lowest validation loss',
        },
        isRight: true,
        why: {
          zh: '网络开始背训练样本了，这就是过拟合。再练下去，对没见过的图只会更差；回调 earlyStopping 会及时停下来。',
          en: 'The network has begun to learn its samples by heart: overfitting. Going on makes it worse on new pictures; the callback earlyStopping ends training in time.',
        },
      },
      {
        says: {
          zh: '继续训练，只要训练损失还在下降，网络就还在进步',
          en: 'Train on: while the training loss falls, the network still improves',
        },
        why: {
          zh: '我们要的是认得没见过的图，训练损失说明不了这一点。轮次不是越多越好。',
          en: 'What counts is pictures it has not seen, of which the training loss says nothing. More epochs are not always better.',
        },
      },
      {
        says: { zh: '增加隐含层的神经元', en: 'Add units to the hidden layer' },
        why: {
          zh: '参数更多，更容易把样本背下来，两条曲线会分得更开。',
          en: 'With more parameters it learns the samples by heart even more easily, and the curves part further.',
        },
      },
    ],
  },
  {
    asks: {
      zh: '验证集用来做什么？',
      en: 'What is the validation set for?',
    },
    options: [
      {
        says: {
          zh: '每轮结束时，让网络再学一些新样本',
          en: 'To let the network learn some new samples after each epoch',
        },
        why: {
          zh: '网络不从验证集学习：在它上面只算损失和准确率，参数一个也不改。',
          en: 'The network learns nothing from it: loss and accuracy are measured, and no parameter changes.',
        },
      },
      {
        says: {
          zh: '最后给网络打分',
          en: 'To give the finished network its final mark',
        },
        why: {
          zh: '最后打分用测试集。验证集已经用来做过选择，它给的分数偏高。',
          en: 'That is what the test set is for. You have made choices by the validation set, so the model looks better on it than it is.',
        },
      },
      {
        says: {
          zh: '选择轮次、层数等超参数，决定何时停止',
          en: 'To choose hyperparameters, such as the number of epochs, and when to stop',
        },
        isRight: true,
        why: {
          zh: '它没有参加训练，所以看得出网络能不能认没见过的图。',
          en: 'It takes no part in training, so it shows how the network does on pictures it has not seen.',
        },
      },
    ],
  },
  {
    asks: {
      zh: '您试了 5、10、20 轮，选了测试准确率最高的一种，并报告这个准确率。公平吗？',
      en: 'You try 5, 10 and 20 epochs, choose the best by its test accuracy, and report that accuracy. Is it a fair mark?',
    },
    options: [
      {
        says: {
          zh: '公平，测试集里的图，网络一张也没有用来训练过',
          en: 'Yes: not a single picture of the test set was used in training',
        },
        why: {
          zh: '网络没有用，您却用了：照着测试集来选，选中的就带着运气。',
          en: 'The network was not, but you were: what is chosen by the test set is partly chosen for its luck there.',
        },
      },
      {
        says: {
          zh: '不公平，应当用验证集选，测试集最后只用一次',
          en: 'No: choose by the validation set, and test only once',
        },
        isRight: true,
        why: {
          zh: '只有从没参与选择的样本，才能说明网络对新图的本领，也就是泛化。',
          en: 'Only samples that took no part in any choice tell how well it does on new pictures, that is, how it generalises.',
        },
      },
      {
        says: {
          zh: '不公平，测试集的 10\u202f000 张图太少',
          en: 'No: the 10,000 pictures of the test set are too few',
        },
        why: {
          zh: '10\u202f000 张足够了，误差只有千分之几。问题在于用它来做选择。',
          en: '10,000 are plenty: the accuracy is good to a few tenths of a percent. The trouble is choosing by them.',
        },
      },
    ],
  },
  {
    asks: {
      zh: '两个网络的测试准确率都是 97%，损失却一个是 0.09，一个是 0.30。哪种说法对？',
      en: 'Two networks have a test accuracy of 97%, but the loss of one is 0.09 and that of the other 0.30. Which is true?',
    },
    options: [
      {
        says: { zh: '不可能，一定是算错了', en: 'That cannot be; one was measured wrong' },
        why: {
          zh: '可能。准确率只看答得对不对，损失还看正确答案得到多大的概率。',
          en: 'It can. Accuracy only counts right answers; the loss also weighs the probability of the right digit.',
        },
      },
      {
        says: {
          zh: '10\u202f000 张测试图片里，损失 0.09 的网络认对的更多',
          en: 'The one with 0.09 gets more of the 10,000 test pictures right',
        },
        why: {
          zh: '认对的一样多，都是 97%。损失小，并不等于多认对几张。',
          en: 'Both get 97% right. A smaller loss need not mean more right answers.',
        },
      },
      {
        says: {
          zh: '损失 0.30 的网络，总的来说给正确答案的概率更小',
          en: 'The one with 0.30 gives the right digits less probability on the whole',
        },
        isRight: true,
        why: {
          zh: '损失是 −ln p 的平均值：也许它总是不太有把握，也许错的几张错得很有把握，p 接近 0，−ln p 就很大。',
          en: 'The loss is the mean of −ln p. It may be unsure all the time, or very sure in the few that it gets wrong: there p is near 0 and −ln p is large.',
        },
      },
    ],
  },
  {
    asks: {
      zh: '您在画板上写了字母 A，网络回答 4，概率 0.99。这说明什么？',
      en: 'You draw the letter A, and the network answers 4 with a probability of 0.99. What does that mean?',
    },
    options: [
      {
        says: {
          zh: '十个数字里它最像 4，仅此而已',
          en: 'Of the ten digits it fits 4 best, and no more than that',
        },
        isRight: true,
        why: {
          zh: '网络只见过数字，训练又奖励有把握，它没有学过说“都不是”。概率高，不等于正确。',
          en: 'It has seen nothing but digits, and training rewarded certainty, so it never learnt to say "none of them". A high probability does not make it right.',
        },
      },
      {
        says: {
          zh: '这样的回答，100 次里有 99 次是对的',
          en: 'Such an answer is right 99 times out of 100',
        },
        why: {
          zh: '没有谁保证这一点，对没见过的图形更是如此：字母的回答一次也不会对。',
          en: 'Nothing guarantees that, least of all for what it has never seen: for letters it is never right.',
        },
      },
      {
        says: {
          zh: '程序有错：对于字母，十个概率都应当接近 0',
          en: 'There is a bug: for a letter, all ten should be near 0',
        },
        why: {
          zh: 'softmax 让十个概率的和总是 1，不可能都接近 0。',
          en: 'softmax makes the ten sum to 1, so they cannot all be near 0.',
        },
      },
    ],
  },
];
